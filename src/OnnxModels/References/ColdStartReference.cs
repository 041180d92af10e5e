using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.OnnxModels.References;

/// <summary>
/// Puts the ReferenceModel of a cold start together, from what its lookup knows, its rules and the groups of a DataSnapshot where it has one.
/// <see cref="ReferenceGraph"/> is the same function as a graph, and parity holds the two together.
/// </summary>
public static class ColdStartReference
{
    /// <summary>The reference of a definition.</summary>
    /// <param name="definition">The definition; it has a cold start.</param>
    /// <param name="known">Rows of the lookup; null without one.</param>
    /// <param name="groups">What groups of training rows say; null without data.</param>
    /// <exception cref="InvalidReferenceException">It says nothing, a row is no input of the model, or two rows contradict each other.</exception>
    public static FittedReference Of(ModelDefinition definition, RowSet? known, FittedReference? groups)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ColdStartDefinition start = definition.Reference.ColdStart ?? throw new InvalidReferenceException("the definition has no 'reference.coldStart'");
        Target target = definition.Predicts;
        FittedReference reference = new()
        {
            Target = target,
            Lookup = known is null ? null : Lookup(known, target, definition.Reference.Confidence),
            Rules = Sound(start.Rules, definition.Features.Schema, target),
            Groups = groups?.Groups ?? [],
            Otherwise = groups?.Otherwise ?? Otherwise(start, target) ?? StatedAnswer.DefaultFor(target)?.For(target)
                ?? throw new InvalidReferenceException($"what it answers where it knows nothing is not told; add 'reference.coldStart.otherwise', {target.Sentence}"),
            Statistic = groups?.Statistic ?? "",
        };
        return reference.ReadsRows ? reference : throw new InvalidReferenceException("it knows no row, has no rule and no group, so it says the same of everything");
    }

    /// <summary>Refuses a rule that no row can fit: engineers would sign for a belief that can say nothing.</summary>
    /// <exception cref="InvalidReferenceException">There is one.</exception>
    public static void RequireReached(FittedReference reference, InputRows probes)
    {
        ArgumentNullException.ThrowIfNull(reference);
        foreach ((int index, ReferenceRule rule) in reference.Rules.Index())
        {
            if (!reference.Fitting(rule, probes).Contains(true))
            {
                string asked = rule.And.IsEmpty && rule.Text is { } text ? $"asks for {InputQuote.Of(text)}" : $"asks that {rule.Told(probes.Schema)}";
                throw new InvalidReferenceException(
                    $"rule {index + 1} {asked}, which no input of the model holds once it is normalised (an international host name is written xn--..., and none ends in a dot; a number keeps to its column's bounds); write it as serving reads it, or leave it out");
            }
        }
    }

    private static ImmutableArray<float>? Otherwise(ColdStartDefinition start, Target target) => start.Otherwise switch
    {
        null => null,
        { } told when told.ProblemWith(target) is { } problem => throw new InvalidReferenceException($"'otherwise' is an answer {problem}"),
        { } told => told.For(target),
    };

    private static ImmutableArray<ReferenceRule> Sound(ImmutableArray<ReferenceRule> rules, InputSchema schema, Target target)
    {
        foreach ((int index, ReferenceRule rule) in rules.Index())
        {
            if (rule.ProblemIn(schema, target) is { } problem)
            {
                throw new InvalidReferenceException($"rule {index + 1} {problem}");
            }
        }

        return rules;
    }

    private static AnswerTable Lookup(RowSet known, Target target, double confidence)
    {
        InputRows inputs = Normalized(known.Inputs);
        ImmutableArray<KeyColumn> keys = [.. inputs.Schema.Columns.Select(column => new KeyColumn(column.Name))];
        Func<int, object>[] readers = [.. AnswerTable.ReadersOf(keys, inputs)];
        KeyCodes codes = new();
        int[] places = codes.Learn(known.Count, readers);
        double?[] labels = new double?[codes.Count];
        List<TableRow> rows = [];
        for (int row = 0; row < places.Length; row++)
        {
            ref double? label = ref labels[places[row]];
            if (label is { } before && before != known.Labels[row])
            {
                throw new InvalidReferenceException($"the lookup says both {Told(target, before)} and {Told(target, known.Labels[row])} of {Told(Values(row), inputs.Schema)}; decide which");
            }

            if (label is null)
            {
                rows.Add(new TableRow(Values(row), StatedAnswer.OfKnown(target, known.Labels[row], confidence)));
                label = known.Labels[row];
            }
        }

        return new AnswerTable(keys, [.. rows]);

        ImmutableArray<string?> Values(int row) => [.. keys.Select((key, place) => key.TextOf(inputs.Schema.Columns[place], readers[place](row)))];
    }

    private static InputRows Normalized(InputRows inputs)
    {
        SchemaRules rules = new(inputs.Schema);
        return rules.Faults(inputs).Index().FirstOrDefault(fault => fault.Item is not null) is { Item: { } fault, Index: var row }
            ? throw new InvalidReferenceException($"the lookup knows row {row + 1}, which the model refuses: {fault}")
            : rules.Normalize(inputs);
    }

    private static string Told(Target target, double label) =>
        target.ClassNames.IsEmpty ? label.ToString(System.Globalization.CultureInfo.InvariantCulture) : target.ClassNames[(int)label];

    private static string Told(ImmutableArray<string?> values, InputSchema schema) => schema.OnlyText is null
        ? string.Join(", ", schema.Columns.Zip(values, (column, value) => $"{column.Name}={(value is null ? "missing" : InputQuote.Of(value))}"))
        : InputQuote.Of(values[0]);
}
