using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Drift;

/// <summary>
/// Comparison of a window with the DriftBaseline of the live model. It measures and judges figure by figure; what follows
/// from it is a <c>DriftDecision</c>. Small by construction: everything measured is in <see cref="Document"/>.
/// </summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record DriftReport
{
    /// <summary>Most figures carried here; the document carries all.</summary>
    public const int MaximumFigures = 40;

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The window.</summary>
    public required WatchWindow Window { get; init; }

    /// <summary>SHA-256 of the DriftBaseline's distributions.</summary>
    public required string BaselineId { get; init; }

    /// <summary>Version of the ReleaseChannel that was judged.</summary>
    public required long ChannelVersion { get; init; }

    /// <summary>SHA-256 of the live <c>model.onnx</c>.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>Rows of the window.</summary>
    public required long RowCount { get; init; }

    /// <summary>Rows that the model refused to score.</summary>
    public long RefusedCount { get; init; }

    /// <summary>Rows of the window that came after it closed and were not counted.</summary>
    public long LateCount { get; init; }

    /// <summary>Rows whose label was known.</summary>
    public long LabelledCount { get; init; }

    /// <summary>Broken rules of the data contract; any error blocks.</summary>
    public ImmutableArray<ValidationFinding> Breaches { get; init; } = [];

    /// <summary>The figures that moved most, strongest first, at most <see cref="MaximumFigures"/>.</summary>
    public ImmutableArray<FigureDrift> Figures { get; init; } = [];

    /// <summary>Figures compared in all.</summary>
    public int FigureCount { get; init; }

    /// <summary>Figures at <see cref="DriftLevel.Warn"/>.</summary>
    public int WarnCount { get; init; }

    /// <summary>Figures at <see cref="DriftLevel.Act"/>.</summary>
    public int ActCount { get; init; }

    /// <summary>Share of the figures' importance that is at <see cref="DriftLevel.Act"/>, 0 to 1.</summary>
    public double DriftShare { get; init; }

    /// <summary>Share of rows whose key the TrainingSet holds; null where it was not measured.</summary>
    public double? SeenShare { get; init; }

    /// <summary>How well a classifier tells the window from the baseline; null where it was not measured.</summary>
    public DomainSeparation? Separation { get; init; }

    /// <summary>What could not be measured of this window and why, as sentences; the window is decided on by the rest.</summary>
    public ImmutableArray<string> Unmeasured { get; init; } = [];

    /// <summary>The loss that <see cref="Losses"/> are of, as definitions write it; null in reports from before there were others, where it is the balanced log loss.</summary>
    public string? Loss { get; init; }

    /// <summary>What happened to the loss.</summary>
    public LossEvidence Losses { get; init; } = new();

    /// <summary>The strongest level; <see cref="DriftLevel.Inconclusive"/> below the policy's fewest rows.</summary>
    public required DriftLevel Level { get; init; }

    /// <summary>Everything measured, JSON.</summary>
    public ArtifactRef? Document { get; init; }

    /// <summary>The report as a self-contained HTML page.</summary>
    public ArtifactRef? Page { get; init; }
}

/// <summary>A classifier between baseline rows and window rows, cross-fitted.</summary>
/// <param name="AreaUnderCurve">.5 when they cannot be told apart.</param>
/// <param name="PValue">By permutation, (k+1)/(B+1).</param>
/// <param name="RowCount">Rows of both sides that took part.</param>
/// <param name="Level">Against the policy's bounds.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record DomainSeparation(double AreaUnderCurve, double PValue, long RowCount, DriftLevel Level);
