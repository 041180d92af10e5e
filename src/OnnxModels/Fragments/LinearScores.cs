using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Lifecycle.OnnxModels.Fragments;

/// <summary>
/// Weighted sums: with z = (feature − mean) · scale, 0 where that is missing, kept within ± reach, score k is intercept k plus the sum of
/// weight k · z. The reach keeps a number far beyond those of the training rows from an answer that is as far beyond.
/// </summary>
public sealed record LinearScores : ModelFragment
{
    /// <summary>Largest score in front of an exponential, on either side of zero: its answer, and one divided by it, still are finite floats.</summary>
    public const float LargestLogarithm = 80;

    internal const string MeansName = "feature_means";
    internal const string ScalesName = "feature_scales";
    internal const string ReachName = "feature_reach";
    internal const string WeightsName = "feature_weights";
    internal const string InterceptsName = "intercepts";

    /// <summary>By feature: what is taken off, and what a missing number counts as.</summary>
    public required ImmutableArray<float> Means { get; init; }

    /// <summary>By feature: what is multiplied with afterwards, one over the standard deviation; 0 for a feature that never changes.</summary>
    public required ImmutableArray<float> Scales { get; init; }

    /// <summary>By feature: how far from zero it may come by then.</summary>
    public required ImmutableArray<float> Reach { get; init; }

    /// <summary>All weights of the first score, then those of the next.</summary>
    public required ImmutableArray<float> Weights { get; init; }

    /// <summary>By score: what is added.</summary>
    public required ImmutableArray<float> Intercepts { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int ScoreCount => Intercepts.Length;

    /// <inheritdoc/>
    public override void RequireSound()
    {
        base.RequireSound();
        Require(Intercepts, "intercepts", Intercepts.IsDefaultOrEmpty ? 1 : Intercepts.Length);
        Require(Means, "means", FeatureCount);
        Require(Scales, "scales", FeatureCount);
        Require(Reach, "reach", FeatureCount);
        InvalidFragmentException.ThrowUnless(Scales.All(scale => scale >= 0), "scales has a negative number; expected one over a standard deviation, or 0");
        InvalidFragmentException.ThrowUnless(Reach.All(reach => reach >= 0), "reach has a negative number; expected a distance from zero");
        Require(Weights, "weights", checked(FeatureCount * ScoreCount));
    }

    /// <inheritdoc/>
    public override string Append(ScoreNodes nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        string scaled = nodes.Node("Mul", "scaled_features", nodes.Node("Sub", "centred_features", nodes.Features, Row(nodes, MeansName, Means)), Row(nodes, ScalesName, Scales));
        string known = nodes.Node("Where", "known_features", nodes.Node("IsNaN", "missing_features", scaled), nodes.Constant("mean_feature", [0], 1), scaled);
        string low = nodes.Node("Min", "not_above_reach", known, Row(nodes, ReachName, Reach));
        string near = nodes.Node("Max", "near_features", low, Row(nodes, "feature_reach_below", [.. Reach.Select(reach => -reach)]));
        string sums = nodes.Node("MatMul", "weighted_features", near, nodes.Constant(WeightsName, ByFeature(), FeatureCount, ScoreCount));
        string scores = nodes.Node("Add", TreeEnsembleNode.ScoreName, sums, Row(nodes, InterceptsName, Intercepts));
        return Link is ScoreLink.Exponential
            ? nodes.Node("Max", "finite_score", nodes.Node("Min", "score_not_above", scores, nodes.Constant("largest_score", [LargestLogarithm], 1)), nodes.Constant("smallest_score", [-LargestLogarithm], 1))
            : scores;
    }

    private static string Row(ScoreNodes nodes, string name, ImmutableArray<float> values) => nodes.Constant(name, values.AsSpan(), 1, values.Length);

    private static void Require(ImmutableArray<float> values, string name, int count)
    {
        InvalidFragmentException.ThrowUnless(!values.IsDefault && values.Length == count, $"{name} has {(values.IsDefault ? 0 : values.Length)} numbers; expected {count}");
        InvalidFragmentException.ThrowUnless(values.All(float.IsFinite), $"{name} has a number that is not finite");
    }

    // The operator multiplies rows by columns: all scores of the first feature come first.
    private float[] ByFeature() => [.. Enumerable.Range(0, FeatureCount).SelectMany(feature => Enumerable.Range(0, ScoreCount).Select(score => Weights[(score * FeatureCount) + feature]))];
}
