using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
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

    /// <summary>Rows of the TrainingSet through its featurizer, read as the training asks for them.</summary>
    /// <param name="reader">The featurizer; the one for training rows where there is one.</param>
    /// <param name="rows">The rows that it was fitted on.</param>
    public static TrainingRows Of(FeatureReader reader, RowSet rows)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(rows);
        return new TrainingRows(reader.FeatureCount, reader.Read(rows), rows.Labels) { Weights = rows.Weights };
    }
}
