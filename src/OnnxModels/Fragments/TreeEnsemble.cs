using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Lifecycle.OnnxModels.Fragments;

/// <summary>
/// Boosted trees, whatever library grew them: a raw score is <see cref="Bias"/> plus the sum of one leaf of each tree that votes for it.
/// </summary>
public sealed record TreeEnsemble : ModelFragment
{
    /// <summary>Raw scores of a row. Trees take turns: the one at index t votes for score t modulo this.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>Added to each sum of leaves.</summary>
    public float Bias { get; init; }

    /// <summary>The trees, in the order they were grown; leaves carry their tree's weight already.</summary>
    public required ImmutableArray<DecisionTree> Trees { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int ScoreCount => Outputs;

    /// <inheritdoc/>
    public override void RequireSound()
    {
        base.RequireSound();
        EnsembleRules.Demand(this);
    }

    /// <inheritdoc/>
    public override string Append(ScoreNodes nodes) => TreeEnsembleNode.Append(nodes, this);
}
