using System.Collections.Immutable;
using Lifecycle.Data.Checks;
using Lifecycle.Data.Labels;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Validation;

/// <summary>What training and evaluation need of the columns that a definition names, whatever its contract says.</summary>
/// <param name="definition">The model.</param>
/// <param name="columns">The snapshot's columns.</param>
internal sealed class ModelColumns(ModelDefinition definition, SnapshotColumns columns)
{
    private readonly LabelRules labels = LabelRules.Of(definition.Predicts);

    private ImmutableArray<NamedColumn> Named
    {
        get
        {
            FeatureView features = definition.Features;
            return
            [
                new("key", features.Key, "a value of any plain type", type => LogicalTypes.Of(type) is not null, name => [Present("key", name), ColumnChecks.Unique(name, FindingSeverity.Error)]),
                .. features.Schema.Columns.Select(input => new NamedColumn(
                    "input", input.Name, SplitColumns.Wanted(input), type => SplitColumns.Fits(input, type), _ => InputChecks.Of(input, columns.TypeOf(input.Name)!))),
                new("label", definition.Predicts.Label, labels.Noun, labels.Fits, name => [.. labels.Checks(definition.Contract), .. Signs(name)]),
                new("cluster", features.Cluster, "a value of any plain type", type => LogicalTypes.Of(type) is not null, name => [Present("cluster", name)]),
                new("split", SplitColumn(features), "a value of any plain type", type => LogicalTypes.Of(type) is not null, name => [Present("split", name)]),
                new("weight", features.Weight, "a number", type => LogicalTypes.Of(type) is ColumnType.Number or ColumnType.Integer, name => [Weight(name)]),
                new("time", definition.Split.TimeColumn(features), "a date or a timestamp", type => LogicalTypes.Of(type) is ColumnType.Timestamp, name => [Time(name)]),
                new("lookup", definition.Reference.LookupColumn, labels.Noun, labels.Fits, name => [Lookup(name)]),
            ];
        }
    }

    /// <summary>Number of rules: each column is there, of a fitting type, and keeps its own.</summary>
    public int RuleCount => Named.Count(column => column.Name is not null);

    /// <summary>The rules of the columns that are there with a fitting type.</summary>
    public ImmutableArray<ContractCheck> Checks() => [.. Named.Where(Fits).SelectMany(column => column.Checks(column.Name!))];

    /// <summary>Columns that are missing, where the contract does not say so itself, or of a type that the model cannot use.</summary>
    public IEnumerable<ValidationFinding> Findings() =>
    [
        .. Named.Where(column => column.Name is { } name && !columns.Contains(name) && !IsRequiredByContract(name))
            .Select(column => new ValidationFinding(FindingSeverity.Error, column.Rule, column.Name!, "missing", $"{column.Wanted}; the snapshot has {ShownText.Names([.. columns.Names])}")),
        .. Named.Where(column => column.Name is { } name && columns.Contains(name) && !Fits(column))
            .Select(column => new ValidationFinding(FindingSeverity.Error, column.Rule, column.Name!, $"of type {columns.TypeOf(column.Name!)}", column.Wanted)),
    ];

    // Key and cluster are held to the same by rules of their own.
    private string? SplitColumn(FeatureView features) => definition.Split.Column is { } column && column != features.Key && column != features.Cluster ? column : null;

    private bool Fits(NamedColumn column) => column.Name is { } name && columns.TypeOf(name) is { } type && column.Fits(type);

    private bool IsRequiredByContract(string name) =>
        definition.Contract.Columns.TryGetValue(name, out ColumnContract? contract) && contract is { Required: true, Severity: FindingSeverity.Error };

    private static ContractCheck Present(string rule, string column) =>
        ContractCheck.EveryRow(FindingSeverity.Error, rule, column, "a value in every row", $"{Sql.Name(column)} IS NULL OR {Sql.Name(column)}::VARCHAR = ''");

    private static ContractCheck Weight(string column) => ContractCheck.EveryRow(
        FindingSeverity.Error, "weight", column, "a finite number above zero in every row",
        $"{Sql.Name(column)} IS NULL OR NOT isfinite({Sql.Name(column)}::DOUBLE) OR {Sql.Name(column)} <= 0");

    // A deviance takes no label below zero, or none that is zero; each of those who ask is asked with one of each.
    private IEnumerable<ContractCheck> Signs(string column)
    {
        if (!definition.Predicts.ClassNames.IsEmpty)
        {
            return [];
        }

        Loss loss = definition.Gate.LossFor(definition.Predicts);
        (string Name, Func<double, string?> Problem)[] askers = [($"gate.loss {loss.Text}", loss.ProblemWith), ("the trainer's objective", definition.Trainer.ConflictOfLabel)];
        string[] asking = [.. askers.Where(asker => asker.Problem(-1) is not null).Select(asker => asker.Name)];
        bool takesZero = askers.All(asker => asker.Problem(0) is null);
        return asking is [] ? [] :
        [
            ContractCheck.EveryRow(
                FindingSeverity.Error, "label", column, $"a number {(takesZero ? "of at least 0" : "above 0")} in every row, needed by {string.Join(" and ", asking)}",
                $"{Sql.Name(column)} {(takesZero ? "<" : "<=")} 0"),
        ];
    }

    private ContractCheck Time(string column) => ContractCheck.EveryRow(
        FindingSeverity.Error, "time", column, "a finite time in every row, since the split goes by it",
        $"{Sql.Name(column)} IS NULL OR NOT isfinite({LogicalTypes.Timestamp(Sql.Name(column), columns.TypeOf(column)!)})");

    private ContractCheck Lookup(string column) => ContractCheck.EveryRow(
        FindingSeverity.Error, "lookup", column, $"{labels.Noun}, or null where nothing was known",
        $"{Sql.Name(column)} IS NOT NULL AND {labels.Numbered(Sql.Name(column))} IS NULL");

    private sealed record NamedColumn(string Rule, string? Name, string Wanted, Func<string, bool> Fits, Func<string, IEnumerable<ContractCheck>> Checks);
}
