using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Drafts;

/// <summary>What a first definition makes of a file, with the reason of each choice.</summary>
/// <param name="Names">The file, and what its columns are called.</param>
/// <param name="Label">The column with the label.</param>
/// <param name="Target">What is predicted.</param>
/// <param name="Key">The column that identifies a row; null numbers the rows.</param>
/// <param name="EventTime">The column of the row's event; null where rows have no time.</param>
/// <param name="Inputs">What a caller sends.</param>
/// <param name="Decisions">What was decided and why, for people.</param>
internal sealed record DraftPlan(
    DraftNames Names, ColumnProfile Label, Target Target, ColumnProfile? Key, ColumnProfile? EventTime, ImmutableArray<DraftInput> Inputs, ImmutableArray<string> Decisions)
{
    private const int RowsPerLevel = 20;

    /// <summary>The file.</summary>
    public TableProfile Profile => Names.Profile;

    /// <summary>Decides.</summary>
    /// <exception cref="DraftException">The label is none of the file's columns, or cannot be learnt.</exception>
    public static DraftPlan Of(TableProfile file, string label)
    {
        if (file.Columns.All(column => column.Name != label))
        {
            throw new DraftException($"the file has no column '{label}'; {Advice(file, label)}");
        }

        DraftNames names = DraftNames.Of(file, label);
        TableProfile profile = names.Profile;
        ImmutableArray<string>.Builder decisions = ImmutableArray.CreateBuilder<string>();
        string[] renamed = [.. profile.Columns.Where(column => names.IsRenamed(column.Name)).Select(column => $"'{names.InFile[column.Name]}' is {column.Name}")];
        if (renamed is not [])
        {
            decisions.Add($"{string.Join(", ", renamed)}: a column of a model is called by {IdentifierRules.WordNoun}, and not as the graph's own outputs are");
        }

        ColumnProfile labels = profile.Columns.Single(column => names.InFile[column.Name] == label);
        Target target = DraftTarget.Of(labels, decisions);
        if (labels.NullCount > 0)
        {
            decisions.Add(Say($"{labels.NullCount} rows without a label are left out by snapshot.sql"));
        }

        ColumnProfile? key = profile.Columns.FirstOrDefault(column => column != labels && IsKey(column, profile.RowCount));
        decisions.Add(key is null
            ? "no column tells the rows apart by its name and values, so the key is the row's number in the file: name a real key if there is one, since rows must keep theirs from snapshot to snapshot"
            : $"key: {key.Name}, which is in every row and never twice");
        ColumnProfile? eventTime = profile.Columns.FirstOrDefault(column => column != labels && column is { Type: ColumnType.Timestamp, NullCount: 0, DistinctCount: > 1 });
        decisions.Add(eventTime is null
            ? "no column says when a row happened, so the holdout is one row in five by its key"
            : $"event time: {eventTime.Name}; the newest fifth of the time is the holdout, as the model will be asked about what comes after");
        ImmutableArray<DraftInput>.Builder inputs = ImmutableArray.CreateBuilder<DraftInput>();
        foreach (ColumnProfile column in profile.Columns.Where(column => column != labels && column != key))
        {
            (InputType? type, string why) = TypeOf(column, profile.RowCount);
            decisions.Add(type is null ? $"{column.Name} is left out: {why}" : $"{column.Name}: {DraftText.Camel(type.Value)}, {why}");
            if (type is { } chosen)
            {
                inputs.Add(new DraftInput(column, chosen));
            }
        }

        return inputs.Count > 0
            ? new DraftPlan(names, labels, target, key, eventTime, inputs.ToImmutable(), decisions.ToImmutable())
            : throw new DraftException("no column beside the label and the key can be an input; a model needs at least one");
    }

    private static string Advice(TableProfile file, string label) =>
        file.Columns is [{ Name: var only }] && only.Contains(';', StringComparison.Ordinal) ? "is it separated by semicolons? expected commas or tabs"
        : NearestName.Of(label, file.Columns.Select(column => column.Name)) is { } nearest ? $"did you mean '{nearest}'?"
        : $"it has {string.Join(", ", file.Columns.Select(column => column.Name))}";

    private static bool IsKey(ColumnProfile column, long rows) =>
        column.Type is ColumnType.Text or ColumnType.Integer && column.NullCount == 0 && column.DistinctCount == rows
        && (column.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase) || column.Name.EndsWith("key", StringComparison.OrdinalIgnoreCase) || column.Name.EndsWith("uuid", StringComparison.OrdinalIgnoreCase));

    private static (InputType? Type, string Why) TypeOf(ColumnProfile column, long rows) => column switch
    {
        { Type: null } => (null, $"no model reads a {column.DatabaseType}"),
        { DistinctCount: 0 } => (null, "it is empty in every row"),
        { DistinctCount: 1, NullCount: 0 } => (null, "it is the same in every row"),
        { Type: ColumnType.Boolean } => (InputType.Boolean, "true and false"),
        { Type: ColumnType.Timestamp } => (InputType.Timestamp, "as hour, day of the week and month"),
        { Type: ColumnType.Integer } => (InputType.Integer, Say($"from {column.Minimum} to {column.Maximum}{Missing(column, rows)}; {(column.DistinctCount == rows ? "no number is there twice: if it names the row, make it the key" : "if the numbers are codes, make it a category")}")),
        { Type: ColumnType.Number } => (InputType.Number, Say($"from {column.Minimum} to {column.Maximum}{Missing(column, rows)}")),
        { DistinctCount: <= ColumnProfile.MaximumLevels } => (InputType.Category, Say($"{column.DistinctCount} levels{Missing(column, rows)}")),
        _ when column.DistinctCount * RowsPerLevel <= rows => (InputType.Category, Say($"{column.DistinctCount} levels, each in {rows / column.DistinctCount} rows on average{Missing(column, rows)}; encoded by the mean label")),
        { IsHostName: true } => (InputType.HostName, "nearly all values are host names"),
        { BlankShare: < 0.05 } when column.DistinctCount == rows - column.NullCount => (null, "every value is another one, without blanks: a name of the row, not something to learn from"),
        _ => (InputType.Text, Say($"up to {column.LongestBytes} bytes{Missing(column, rows)}; read by its character n-grams")),
    };

    private static string Missing(ColumnProfile column, long rows) => column.NullCount == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", missing in {(double)column.NullCount / rows:0.0%} of the rows");

    private static string Say(FormattableString sentence) => FormattableString.Invariant(sentence);
}

/// <summary>A column that a caller sends.</summary>
/// <param name="Column">The column.</param>
/// <param name="Type">What its values are.</param>
internal sealed record DraftInput(ColumnProfile Column, InputType Type);

/// <summary>No definition can be drafted; the message says why, and what to do.</summary>
public sealed class DraftException(string message) : Exception(message);
