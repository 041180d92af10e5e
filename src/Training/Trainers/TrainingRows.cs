using System.Collections.Immutable;
using Lifecycle.OnnxModels.Featurizers;

namespace Lifecycle.Training.Trainers;

/// <summary>Rows to learn from, or to stop by; their features are read when the training asks for them.</summary>
/// <param name="FeatureCount">Length of the feature vector.</param>
/// <param name="Features">The feature vectors, in a fixed order; read once.</param>
/// <param name="Labels">A label for each row, as the target numbers them.</param>
public sealed record TrainingRows(int FeatureCount, IEnumerable<FeatureBatch> Features, ImmutableArray<double> Labels)
{
    /// <summary>How much each row counts, above zero; empty weighs all alike.</summary>
    public ImmutableArray<double> Weights { get; init; } = [];
}
