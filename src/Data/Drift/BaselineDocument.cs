using System.Collections.Immutable;

namespace Lifecycle.Data.Drift;

/// <summary>The JSON document of a DriftBaseline; docs/formats/drift-baseline.md describes it.</summary>
public sealed record BaselineDocument
{
    /// <summary>The format of this version.</summary>
    public const string CurrentFormat = "lifecycle-drift-baseline/1";

    /// <summary>Name and version of the format.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>Rows of the TrainingSet.</summary>
    public required long RowCount { get; init; }

    /// <summary>The histograms.</summary>
    public required ImmutableArray<BaselineDistribution> Distributions { get; init; }
}
