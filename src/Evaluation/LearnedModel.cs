using System.Collections.Immutable;
using Lifecycle.Domain.Training;

namespace Lifecycle.Evaluation;

/// <summary>What the Challenger learnt from, in short: which columns and features did how much, and how its loss fell.</summary>
public sealed record LearnedModel
{
    /// <summary>Features that are named at most.</summary>
    public const int NamedFeatures = 50;

    /// <summary>What the importances are; null where the trainer does not tell.</summary>
    public ImportanceMeasure? Measure { get; init; }

    /// <summary>Every column that features are made of, the most important first.</summary>
    public ImmutableArray<ColumnImportance> Columns { get; init; } = [];

    /// <summary>The most important features, those that do nothing left out.</summary>
    public ImmutableArray<NamedImportance> Features { get; init; } = [];

    /// <summary>How many features the vector has.</summary>
    public int FeatureCount { get; init; }

    /// <summary>How many of them do something.</summary>
    public int UsedCount { get; init; }

    /// <summary>The loss, round by round; null where the trainer does not tell.</summary>
    public LearningCurve? Curve { get; init; }

    /// <summary>The short form of an explanation; null where the trainer told nothing.</summary>
    public static LearnedModel? Of(ModelExplanation explanation) => explanation.Training is { } record
        ? record.Importance is { } importance && importance.Values.Length > 0 && importance.Values.Length % explanation.Features.Length == 0
            ? Of(explanation, importance) with { Curve = record.Curve }
            : new LearnedModel { FeatureCount = explanation.Features.Length, Curve = record.Curve }
        : null;

    private static LearnedModel Of(ModelExplanation explanation, FeatureImportance importance)
    {
        int count = explanation.Features.Length;
        double[] sizes = [.. Enumerable.Range(0, count).Select(feature => importance.SizeOf(feature, count))];
        ImmutableArray<FeatureSpan> spans = explanation.SpanOfEach();
        double total = sizes.Sum();
        double Share(double size) => total > 0 ? size / total : 0;
        return new LearnedModel
        {
            Measure = importance.Measure,
            FeatureCount = count,
            UsedCount = sizes.Count(size => size > 0),
            Columns =
            [
                .. sizes.Zip(spans).SelectMany(feature => feature.Second.All.Select(column => (Column: column, Size: feature.First / feature.Second.All.Length)))
                    .GroupBy(part => part.Column, part => part.Size, StringComparer.Ordinal)
                    .Select(column => new ColumnImportance(column.Key, column.Sum(), Share(column.Sum())))
                    .OrderByDescending(column => column.Size).ThenBy(column => column.Column, StringComparer.Ordinal),
            ],
            Features =
            [
                .. Enumerable.Range(0, count).Where(feature => sizes[feature] > 0).OrderByDescending(feature => sizes[feature]).ThenBy(feature => feature).Take(NamedFeatures)
                    .Select(feature => new NamedImportance(
                        explanation.Features[feature], spans[feature].Title, importance.Values.Length == count ? importance.Values[feature] : sizes[feature], Share(sizes[feature]))),
            ],
        };
    }
}

/// <summary>What the features of a column do together.</summary>
/// <param name="Column">The column.</param>
/// <param name="Size">The sum over its features; of coefficients, of their absolute values.</param>
/// <param name="Share">Its share of the sum over all columns.</param>
public sealed record ColumnImportance(string Column, double Size, double Share);

/// <summary>What a feature does.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Column">The column that it is made of.</param>
/// <param name="Value">Its importance; a coefficient has a sign where there is one score, and is the sum of absolute values where there are several.</param>
/// <param name="Share">Its share of the sum over all features.</param>
public sealed record NamedImportance(string Feature, string Column, double Value, double Share);
