using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.OnnxModels.References;

/// <summary>
/// The ReferenceModel of a cold start, ready to answer: a lookup, then rules in their order, then a constant. A pure function of
/// the normalised text; <see cref="ReferenceGraph"/> is the same function as a graph, and parity holds the two together.
/// </summary>
public sealed record TextReference
{
    /// <summary>Probability of what is known by heart, by text in lower case.</summary>
    public ImmutableSortedDictionary<string, float> Known { get; init; } = ImmutableSortedDictionary<string, float>.Empty;

    /// <summary>The rules.</summary>
    public ImmutableArray<TextRule> Rules { get; init; } = [];

    /// <summary>Probability of the rest.</summary>
    public required float Otherwise { get; init; }

    /// <summary>What it does, in words.</summary>
    public string Description => string.Create(
        CultureInfo.InvariantCulture, $"lookup of {Known.Count} texts, then {Rules.Length} rules, else {Otherwise}");

    /// <summary>The reference of a definition.</summary>
    /// <param name="reference">The definition's <c>reference</c> section; it has a cold start.</param>
    /// <param name="view">Says what an input is.</param>
    /// <param name="known">Rows of the lookup.</param>
    /// <exception cref="InvalidReferenceException">A row is no input of the model, or two rows contradict each other.</exception>
    public static TextReference Of(ReferenceModelDefinition reference, FeatureView view, IEnumerable<(string Input, bool Label)> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        ColdStartDefinition start = reference.ColdStart ?? throw new InvalidReferenceException("the definition has no 'reference.coldStart'");
        InputRules rules = InputRules.For(ColumnOf(view));
        float confidence = (float)reference.Confidence;
        Dictionary<string, float> answers = new(StringComparer.Ordinal);
        foreach ((string input, bool label) in known)
        {
            if (rules.Check(input) is not InputCheck.Accepted accepted)
            {
                throw new InvalidReferenceException($"the lookup knows {InputQuote.Of(input)}, which the model refuses: {((InputCheck.Refused)rules.Check(input)).Reason}");
            }

            float answer = label ? confidence : 1 - confidence;
            string text = TrainingColumn.LowerCase(accepted.Text);
            if (!answers.TryAdd(text, answer) && answers[text] != answer)
            {
                throw new InvalidReferenceException($"the lookup says both 0 and 1 of {InputQuote.Of(text)}; decide which");
            }
        }

        return new TextReference
        {
            Known = answers.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Rules = start.Rules,
            Otherwise = (float)start.Otherwise,
        };
    }

    /// <summary>The one text column of a view.</summary>
    /// <exception cref="InvalidReferenceException">There are others.</exception>
    internal static InputColumn ColumnOf(FeatureView view) => view.Schema.OnlyText
        ?? throw new InvalidReferenceException($"it looks up one text, and the model reads {string.Join(", ", view.Schema.Columns.Select(column => $"'{column.Name}' of type {column.Type}"))}");

    /// <summary>The probability of a text that <see cref="InputRules"/> normalised.</summary>
    public float Score(string normalized)
    {
        string text = TrainingColumn.LowerCase(normalized);
        return Known.TryGetValue(text, out float known)
            ? known
            : (float?)Rules.FirstOrDefault(rule => Fits(rule, text))?.Probability ?? Otherwise;
    }

    /// <summary>Refuses a rule that none of the texts fits: engineers would sign for a belief that can say nothing.</summary>
    /// <exception cref="InvalidReferenceException">There is one.</exception>
    public void RequireReached(ImmutableArray<string> probes)
    {
        foreach ((int index, TextRule rule) in Rules.Index())
        {
            if (!probes.Any(probe => Fits(rule, TrainingColumn.LowerCase(probe))))
            {
                throw new InvalidReferenceException(
                    $"rule {index + 1} asks for {InputQuote.Of(rule.Is ?? rule.StartsWith ?? rule.EndsWith ?? rule.Contains ?? "")}, which no input of the model holds once it is normalised (an international host name is written xn--..., and none ends in a dot); write it as serving reads it, or leave it out");
            }
        }
    }

    /// <summary>The whole reference as canonical JSON, for the people who decide about it.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, DomainJson.Indented);

    private static bool Fits(TextRule rule, string text) => rule switch
    {
        { Is: { } whole } => text == whole,
        { StartsWith: { } start } => text.StartsWith(start, StringComparison.Ordinal),
        { EndsWith: { } end } => text.EndsWith(end, StringComparison.Ordinal),
        { Contains: { } part } => text.Contains(part, StringComparison.Ordinal),
        _ => throw new InvalidReferenceException("a rule asks for nothing; give one of 'is', 'startsWith', 'endsWith' and 'contains'"),
    };
}
