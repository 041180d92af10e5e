using System.Collections.Immutable;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>A featurizer fitted on a TrainingSet.</summary>
/// <param name="Onnx">The graph from raw text to the feature vector, with the rules of its input as metadata.</param>
/// <param name="FeatureNames">
/// Names of the features, in the order of the vector: <c>ngram:…</c> (with ␂ and ␃ for the text's beginning and end),
/// <c>shape:…</c>, <c>tld:…</c>.
/// </param>
public sealed record FittedFeaturizer(byte[] Onnx, ImmutableArray<string> FeatureNames);
