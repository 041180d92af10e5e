using Lifecycle.Domain.Artifacts;

namespace Lifecycle.Domain.Data;

/// <summary>Stored distributions of the TrainingSet, against which stage Watch compares later windows.</summary>
/// <param name="Distributions">JSON document with the histograms.</param>
/// <param name="RowCount">Rows they were counted over.</param>
public sealed record DriftBaseline(ArtifactRef Distributions, long RowCount);
