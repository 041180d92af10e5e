using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.Linear;

/// <summary>A linear model as it was learnt, in doubles; its JSON document is the native file.</summary>
internal sealed record LinearCoefficients
{
    /// <summary>The objective, whose link makes answers of scores.</summary>
    public required TrainingObjective Objective { get; init; }

    /// <summary>The features' scale.</summary>
    public required FeatureScale Scale { get; init; }

    /// <summary>All weights of the first score, then those of the next.</summary>
    public required ImmutableArray<double> Weights { get; init; }

    /// <summary>By score: what is added.</summary>
    public required ImmutableArray<double> Intercepts { get; init; }

    /// <summary>The link of an objective.</summary>
    public static ScoreLink LinkOf(TrainingObjective objective) => objective switch
    {
        TrainingObjective.Binary => new ScoreLink.Logistic(1, 0),
        TrainingObjective.Multiclass => new ScoreLink.Softmax(),
        TrainingObjective.Squared => new ScoreLink.Identity(),
        _ => new ScoreLink.Exponential(),
    };

    /// <summary>A model that was learnt of labels in a unit of theirs, in the labels' own.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="unit">The labels' unit.</param>
    /// <param name="scale">The features' scale.</param>
    /// <param name="point">Weights, score after score, and then the intercepts.</param>
    /// <param name="scores">Scores of a row.</param>
    public static LinearCoefficients Of(TrainingObjective objective, LabelUnit unit, FeatureScale scale, double[] point, int scores)
    {
        (double factor, double shift) = unit.OfScores(LinkOf(objective) is ScoreLink.Exponential);
        return new LinearCoefficients
        {
            Objective = objective,
            Scale = scale,
            Weights = [.. point[..^scores].Select(weight => weight * factor)],
            Intercepts = [.. point[^scores..].Select(intercept => (intercept * factor) + shift)],
        };
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static LinearCoefficients Load(ReadOnlySpan<byte> document) => JsonSerializer.Deserialize<LinearCoefficients>(document, DomainJson.Compact)!;

    /// <summary>Writes the model; the same model gives the same bytes.</summary>
    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(this, DomainJson.Compact);

    /// <summary>The model in floats, for the export.</summary>
    public LinearScores ToFragment() => new()
    {
        FeatureCount = Scale.Means.Length,
        Link = LinkOf(Objective),
        Means = Scale.Means,
        Scales = Scale.Scales,
        Reach = Scale.Reach,
        Weights = [.. Weights.Select(weight => (float)weight)],
        Intercepts = [.. Intercepts.Select(intercept => (float)intercept)],
    };
}
