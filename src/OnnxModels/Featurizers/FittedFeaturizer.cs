using System.Collections.Immutable;
using Lifecycle.Domain.Training;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>A featurizer fitted on a TrainingSet.</summary>
/// <param name="Onnx">The graph from the columns to the feature vector, with the columns and their rules as metadata.</param>
/// <param name="FeatureNames">
/// Names of the features, in the order of the vector, each once: <c>distance</c>, <c>origin=ATL</c>, <c>hour(departed_at)</c>; of the one
/// text of a model <c>ngram:…</c> (with ␂ and ␃ for its beginning and end), <c>shape:…</c>, <c>tld:…</c>.
/// </param>
/// <param name="TrainingOnnx">
/// The graph for the TrainingSet's own rows: the same, but that a target encoding leaves out the labels of the row's fold, which it is told
/// by one more input. Null where <paramref name="Onnx"/> serves for both.
/// </param>
public sealed record FittedFeaturizer(byte[] Onnx, ImmutableArray<string> FeatureNames, byte[]? TrainingOnnx = null)
{
    /// <summary>Which column each feature is made of, in the order of the vector.</summary>
    public required ImmutableArray<FeatureSpan> Columns { get; init; }
}
