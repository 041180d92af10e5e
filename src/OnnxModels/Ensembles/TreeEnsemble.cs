using System.Collections.Immutable;

namespace Lifecycle.OnnxModels.Ensembles;

/// <summary>
/// A boosted ensemble for a binary label, whatever library grew it: the raw score is <see cref="Bias"/> plus the sum of
/// one leaf of each tree, and the link turns it into a probability.
/// </summary>
public sealed record TreeEnsemble
{
    /// <summary>Length of the feature vector that the splits index.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>Added to the sum of the leaves.</summary>
    public float Bias { get; init; }

    /// <summary>From raw score to probability.</summary>
    public LogisticLink Link { get; init; } = new(1, 0);

    /// <summary>The trees, in the order they were grown; leaves carry their tree's weight already.</summary>
    public required ImmutableArray<DecisionTree> Trees { get; init; }
}

/// <summary>
/// probability = 1 / (1 + exp(−(Slope · score + Offset))). LightGBM's sigmoid parameter is the slope with no offset;
/// Platt's calibration sets both (J. Platt, 1999, with the signs of both parameters turned).
/// </summary>
public sealed record LogisticLink(float Slope, float Offset);
