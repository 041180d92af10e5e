using System.Text.Json.Serialization;
using Lifecycle.Domain.Artifacts;

namespace Lifecycle.Domain.Training;

/// <summary>
/// One side of a split: a Parquet file with <c>key</c>, each input as <c>input_&lt;name&gt;</c>, <c>label</c> as its target numbers it, and
/// where the definition names them <c>weight</c>, <c>cluster</c>, <c>lookup</c>, <c>time</c> and a boolean <c>slice_&lt;name&gt;</c> for each slice.
/// It is sorted by key, or by time and key where the split is by time.
/// </summary>
/// <param name="Rows">The file.</param>
/// <param name="RowCount">Its rows.</param>
public abstract record SplitSide(ArtifactRef Rows, long RowCount)
{
    /// <summary>How the labels are spread.</summary>
    public LabelSummary Labels { get; init; } = new();

    /// <summary>Times of the first and the last row; null where the split is by folds.</summary>
    public RowTimes? Times { get; init; }

    // Records from before there were targets say only this of their labels.
    [JsonInclude]
    private long? PositiveCount
    {
        get => null;
        init => Labels = value is { } positives ? LabelSummary.OfPositives(RowCount, positives) : Labels;
    }
}

/// <summary>From when to when rows happened, by the clock of their column.</summary>
/// <param name="First">Time of the first row.</param>
/// <param name="Last">Time of the last row.</param>
public sealed record RowTimes(DateTime First, DateTime Last);

/// <summary>
/// Rows to train on. Where the trainer stops early there is a boolean column <c>validation</c> too: the rows that it watches instead of
/// training on them.
/// </summary>
public sealed record TrainingSet(ArtifactRef Rows, long RowCount) : SplitSide(Rows, RowCount);

/// <summary>Rows to judge on, set apart from the TrainingSet.</summary>
public sealed record Holdout(ArtifactRef Rows, long RowCount) : SplitSide(Rows, RowCount);

/// <summary>Result of stage Features: both sides of the split and the featurizer graph fitted on the TrainingSet alone.</summary>
/// <param name="TrainingSet">Rows to train on.</param>
/// <param name="Holdout">Rows to judge on.</param>
/// <param name="Featurizer">ONNX graph from the inputs to the feature vector.</param>
/// <param name="FeatureCount">Length of the feature vector.</param>
public sealed record FeatureSet(TrainingSet TrainingSet, Holdout Holdout, ArtifactRef Featurizer, int FeatureCount)
{
    /// <summary>The graph for the TrainingSet's own rows, where it is another: a target encoding must not tell a row its own label.</summary>
    public ArtifactRef? TrainingFeaturizer { get; init; }

    /// <summary>Names of the features, a JSON list in the order of the vector; null in records from before they were kept.</summary>
    public ArtifactRef? FeatureNames { get; init; }

    /// <summary>Which column each is made of, a JSON list of <see cref="FeatureSpan"/>; null in records from before it was kept.</summary>
    public ArtifactRef? FeatureColumns { get; init; }
}
