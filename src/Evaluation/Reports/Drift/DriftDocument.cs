using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Drift;
using Lifecycle.Evaluation.Drift;

namespace Lifecycle.Evaluation.Reports.Drift;

/// <summary>
/// Everything measured of a window as one JSON document, <c>docs/formats/drift-report.md</c>. The same measurements give the same
/// bytes: figures are rounded to nine significant digits, and nothing that a clock measured is in it.
/// </summary>
public sealed record DriftDocument
{
    /// <summary>The value of <see cref="Format"/> that this version writes.</summary>
    public const string CurrentFormat = "lifecycle-drift/1";

    // A batch may be so broken that a figure is no number; then that must be said, not the document be missing.
    private static readonly JsonSerializerOptions Json = new(DomainJson.Compact) { Converters = { new NineDigits { NamesNonFinite = true } } };

    /// <summary>Names the layout, for readers.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>The report, here with all figures and without references to document and page.</summary>
    public required DriftReport Report { get; init; }

    /// <summary>The bounds it was judged by.</summary>
    public required DriftPolicy Policy { get; init; }

    /// <summary>The figures' rows by bin, in the order of the report's figures.</summary>
    public ImmutableArray<FigureHistogram> Histograms { get; init; } = [];

    /// <summary>What the importance weights rest on; null without them.</summary>
    public WeightSummary? Weights { get; init; }

    /// <summary>How the intervals of the losses came about; null where no loss was measured.</summary>
    public BootstrapSettings? Bootstrap { get; init; }

    /// <summary>The document of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="figures">All figures compared, strongest first.</param>
    /// <param name="histograms">Their rows by bin.</param>
    /// <param name="policy">The bounds.</param>
    /// <param name="losses">What the losses were measured from; null where none was measured.</param>
    public static DriftDocument Of(
        DriftReport report, ImmutableArray<FigureDrift> figures, ImmutableArray<FigureHistogram> histograms, DriftPolicy policy, LossInput? losses) => new()
        {
            Report = report with { Figures = figures, Document = null, Page = null },
            Policy = policy,
            Histograms = histograms,
            Weights = losses?.Weights is { } weights ? WeightSummary.Of(weights) : null,
            Bootstrap = losses is null ? null : new BootstrapSettings(losses.BootstrapSamples, losses.BootstrapSeed, Level: 0.95),
        };

    /// <summary>Reads a document that <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not such a document.</exception>
    public static DriftDocument Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<DriftDocument>(bytes, Json) is { Format: CurrentFormat } document
            ? document
            : throw new JsonException($"the drift document is of another format, expected {CurrentFormat}");

    /// <summary>The document as UTF-8 JSON.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}

/// <summary>What importance weights rest on.</summary>
/// <param name="RowCount">Holdout rows that have one.</param>
/// <param name="EffectiveRowCount">Kish's effective sample size.</param>
/// <param name="OffSupportShare">The window's mass where the baseline has next to no rows.</param>
/// <param name="ClippedAt">Largest weight, where they were clipped.</param>
public sealed record WeightSummary(long RowCount, double EffectiveRowCount, double OffSupportShare, double ClippedAt)
{
    internal static WeightSummary Of(ImportanceWeights weights) =>
        new(weights.Rows.Length, weights.EffectiveRowCount, weights.OffSupportShare, weights.ClippedAt);
}
