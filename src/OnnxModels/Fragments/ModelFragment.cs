using System.Text.Json.Serialization;
using Lifecycle.Domain.Kinds;

namespace Lifecycle.OnnxModels.Fragments;

/// <summary>
/// A trained model as a piece of a graph: from the feature vector to raw scores, and the link that makes answers of them. A fragment is
/// plain data with a JSON document (<see cref="FragmentDocument"/>); stage Export puts it behind the featurizer.
/// </summary>
[JsonConverter(typeof(KindConverter<ModelFragment>))]
public abstract record ModelFragment : IHasKinds<ModelFragment>
{
    /// <summary>The kinds of fragments; a document that names none is a tree ensemble. A trainer of another kind adds its own.</summary>
    public static KindList<ModelFragment> Kinds { get; } = new KindList<ModelFragment> { Default = "treeEnsemble" }
        .Add<TreeEnsemble>("treeEnsemble")
        .Add<LinearScores>("linear");

    /// <summary>Length of the feature vector.</summary>
    [JsonPropertyOrder(-2)]
    public required int FeatureCount { get; init; }

    /// <summary>From raw scores to answers; the scores themselves where a document has none.</summary>
    [JsonPropertyOrder(-1)]
    public ScoreLink Link { get; init; } = new ScoreLink.Identity();

    /// <summary>Raw scores of a row.</summary>
    [JsonIgnore]
    public abstract int ScoreCount { get; }

    /// <summary>Refuses what would be a graph that hangs, reads past its input or scores NaN.</summary>
    /// <exception cref="InvalidFragmentException">It is unsound; the message names the place.</exception>
    public virtual void RequireSound()
    {
        InvalidFragmentException.ThrowUnless(FeatureCount > 0, $"featureCount is {FeatureCount}; expected at least 1");
        InvalidFragmentException.ThrowUnless(Link is not null, "link is null; expected one of identity, logistic, softmax, oneAgainstAll and exponential");
        Link!.RequireSound();
    }

    /// <summary>Appends the nodes that compute the raw scores.</summary>
    /// <param name="nodes">Where to; <see cref="ScoreNodes.Features"/> is float [N, <see cref="FeatureCount"/>].</param>
    /// <returns>Name of the scores, float [N, <see cref="ScoreCount"/>].</returns>
    public abstract string Append(ScoreNodes nodes);
}
