using System.Collections.Immutable;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>A transform of a column, or of two, whose features are settled.</summary>
/// <param name="FeatureNames">Names of its part of the feature vector; none when the vocabulary came out empty.</param>
internal abstract record FittedTransform(ImmutableArray<string> FeatureNames)
{
    /// <summary>Names of the columns that it is of, one or both.</summary>
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>Whether training rows are read through tables that did not see them.</summary>
    public virtual bool HasFolds => false;

    /// <summary>Appends the nodes that compute the features, float [N, FeatureNames.Length], and returns their output's name.</summary>
    public abstract string Compile(FeaturizerGraph graph);
}
