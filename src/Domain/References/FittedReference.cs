using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.References;

/// <summary>
/// A ReferenceModel, ready to answer: what is known by heart is looked up; else the first rule that fits answers; else the first group
/// that was seen in training; else one answer for the rest. A pure function of a row's inputs.
/// </summary>
public sealed record FittedReference
{
    /// <summary>What is predicted.</summary>
    public required Target Target { get; init; }

    /// <summary>What is known by heart; null where nothing is.</summary>
    public AnswerTable? Lookup { get; init; }

    /// <summary>The rules, asked in their order.</summary>
    public ImmutableArray<ReferenceRule> Rules { get; init; } = [];

    /// <summary>What groups of training rows say, asked in their order.</summary>
    public ImmutableArray<AnswerTable> Groups { get; init; } = [];

    /// <summary>The answer to the rest: a group of all training rows, or what somebody believes.</summary>
    public required ImmutableArray<float> Otherwise { get; init; }

    /// <summary>What the groups' numbers are, such as <c>median</c>; empty without groups.</summary>
    public string Statistic { get; init; } = "";

    /// <summary>Whether any column has a say.</summary>
    [JsonIgnore]
    public bool ReadsRows => Lookup is { Rows.IsEmpty: false } || !Rules.IsEmpty || !Groups.IsEmpty;

    /// <summary>What it does, in words.</summary>
    [JsonIgnore]
    public string Description => string.Join(", else ", Parts());

    /// <summary>The answers for rows.</summary>
    /// <param name="inputs">Their inputs, normalised as the model reads them.</param>
    /// <param name="rowCount">Number of rows.</param>
    public Answers Score(InputRows inputs, int rowCount)
    {
        ImmutableArray<AnswerTable> tables = Lookup is null ? Groups : [Lookup, .. Groups];
        int[][] places = [.. tables.Select(table => table.Find(inputs, rowCount))];
        Asked[] rules = [.. Rules.Select(rule => new Asked(rule, inputs, Target))];
        int width = Target.Width;
        float[] answers = new float[rowCount * width];
        for (int row = 0; row < rowCount; row++)
        {
            AnswerOf(row).AsSpan().CopyTo(answers.AsSpan(row * width, width));
        }

        return new Answers(width, ImmutableCollectionsMarshal.AsImmutableArray(answers));

        ImmutableArray<float> AnswerOf(int row)
        {
            int first = Lookup is null ? 0 : 1;
            if (first == 1 && places[0][row] is >= 0 and var known)
            {
                return tables[0].Rows[known].Answer;
            }

            if (rules.Length > 0 && rules.FirstOrDefault(rule => rule.Fits(row)) is { } fitting)
            {
                return fitting.Answer;
            }

            for (int table = first; table < tables.Length; table++)
            {
                if (places[table][row] is >= 0 and var seen)
                {
                    return tables[table].Rows[seen].Answer;
                }
            }

            return Otherwise;
        }
    }

    /// <summary>Whether each row fits a rule, whoever answers it.</summary>
    public ImmutableArray<bool> Fitting(ReferenceRule rule, InputRows inputs)
    {
        Asked asked = new(rule, inputs, Target);
        return [.. Enumerable.Range(0, inputs.Count).Select(asked.Fits)];
    }

    /// <summary>The whole reference as JSON, for the people who decide about it.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, DomainJson.Indented);

    private IEnumerable<string> Parts()
    {
        if (Lookup is { } lookup)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"lookup of {lookup.Rows.Length} rows by {lookup.Name}");
        }

        if (!Rules.IsEmpty)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Rules.Length} rules");
        }

        if (!Groups.IsEmpty)
        {
            yield return $"{Statistic} of the training rows by {string.Join(", else ", Groups.Select(group => group.Name))}";
        }

        yield return Statistic.Length == 0 ? StatedAnswer.Told(Target, Otherwise)
            : Groups.IsEmpty ? $"{Statistic} of the training rows"
            : "all";
    }

    // A rule beside the values that it asks.
    private sealed class Asked(ReferenceRule rule, InputRows inputs, Target target)
    {
        private readonly (ColumnCondition Condition, InputColumn Column, InputValues Values)[] conditions =
        [
            .. rule.Conditions.Select(condition =>
            {
                InputColumn column = condition.ColumnIn(inputs.Schema) ?? throw new InvalidOperationException($"The rows have no column '{condition.Column}'.");
                return (condition, column, inputs.Columns[inputs.Schema.IndexOf(column.Name)]);
            }),
        ];

        public ImmutableArray<float> Answer { get; } = rule.Answer.For(target);

        public bool Fits(int row) => conditions.All(asked => asked.Condition.Fits(asked.Column, asked.Values, row));
    }
}
