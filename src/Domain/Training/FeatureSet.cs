using Lifecycle.Domain.Artifacts;

namespace Lifecycle.Domain.Training;

/// <summary>Rows to train on, a Parquet file with <c>key, input, label, weight</c>, sorted by key.</summary>
public sealed record TrainingSet(ArtifactRef Rows, long RowCount, long PositiveCount);

/// <summary>
/// Rows to judge on, set apart from the TrainingSet: a Parquet file with <c>key, input, label, weight, cluster, lookup</c>
/// and one boolean column <c>slice_&lt;name&gt;</c> for each slice, sorted by key.
/// </summary>
public sealed record Holdout(ArtifactRef Rows, long RowCount, long PositiveCount);

/// <summary>Result of stage Features: both sides of the split and the featurizer graph fitted on the TrainingSet alone.</summary>
/// <param name="TrainingSet">Rows to train on.</param>
/// <param name="Holdout">Rows to judge on.</param>
/// <param name="Featurizer">ONNX graph from raw text to the feature vector.</param>
/// <param name="FeatureCount">Length of the feature vector.</param>
public sealed record FeatureSet(TrainingSet TrainingSet, Holdout Holdout, ArtifactRef Featurizer, int FeatureCount);
