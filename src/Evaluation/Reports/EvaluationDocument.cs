using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Slices;

namespace Lifecycle.Evaluation.Reports;

/// <summary>
/// The full evaluation as one JSON document, <c>docs/formats/evaluation.md</c>: every measurement, comparison and curve, and
/// what is needed to repeat the bootstrap. The same evaluation gives the same bytes: figures are rounded to nine significant
/// digits, so that the last bits of a machine's logarithm do not show, and nothing that a clock measured is in it.
/// </summary>
public sealed record EvaluationDocument
{
    /// <summary>The value of <see cref="Format"/> that this version writes.</summary>
    public const string CurrentFormat = "lifecycle-evaluation/1";

    private static readonly JsonSerializerOptions Json = new(DomainJson.Compact) { Converters = { new NineDigits() } };

    /// <summary>Names the layout, for readers.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>How the intervals came about.</summary>
    public required BootstrapSettings Bootstrap { get; init; }

    /// <summary>Size of the Challenger's ONNX file.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>Largest difference of the ONNX file from the trained model.</summary>
    public required double ParityDifference { get; init; }

    /// <summary>The models by role: <c>challenger</c>, <c>champion</c> (if there is one) and <c>reference</c>.</summary>
    public required ImmutableSortedDictionary<string, EvaluatedModel> Models { get; init; }

    /// <summary>The paired comparisons.</summary>
    public required ImmutableArray<PairedComparison> Comparisons { get; init; }

    /// <summary>The document of an evaluation.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="policy">The policy whose bootstrap settings the evaluation used.</param>
    public static EvaluationDocument Of(EvaluationResult result, GatePolicy policy)
    {
        (EvaluationReport report, EvaluationCurves curves) = result;
        ImmutableSortedDictionary<string, EvaluatedModel>.Builder models =
            ImmutableSortedDictionary.CreateBuilder<string, EvaluatedModel>(StringComparer.Ordinal);
        models.Add("challenger", EvaluatedModel.Of(report.Challenger, curves.Challenger));
        models.Add("reference", EvaluatedModel.Of(report.Reference, curves.Reference));
        if (report.Champion is not null && curves.Champion is not null)
        {
            models.Add("champion", EvaluatedModel.Of(report.Champion, curves.Champion));
        }

        return new EvaluationDocument
        {
            Bootstrap = new BootstrapSettings(policy.BootstrapSamples, policy.BootstrapSeed, Level: 0.95),
            ModelBytes = report.ModelBytes,
            ParityDifference = report.ParityDifference,
            Models = models.ToImmutable(),
            Comparisons = report.Comparisons,
        };
    }

    /// <summary>Reads a document that <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not such a document.</exception>
    public static EvaluationDocument Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<EvaluationDocument>(bytes, Json) is { Format: CurrentFormat } document
            ? document
            : throw new JsonException($"the evaluation document is of another format, expected {CurrentFormat}");

    /// <summary>The curves in the document.</summary>
    public EvaluationCurves Curves() => new()
    {
        Challenger = Models["challenger"].Curves(),
        Champion = Models.GetValueOrDefault("champion")?.Curves(),
        Reference = Models["reference"].Curves(),
    };

    /// <summary>The document as UTF-8 JSON.</summary>
    /// <exception cref="ArgumentException">A figure is NaN or infinite.</exception>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}

/// <summary>How intervals were computed.</summary>
/// <param name="Samples">Number of bootstrap samples.</param>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="Level">Confidence level.</param>
public sealed record BootstrapSettings(int Samples, int Seed, double Level);

/// <summary>One model in the document.</summary>
/// <param name="ModelDigest">SHA-256 of the ONNX file; for the ReferenceModel a description instead.</param>
/// <param name="Slices">Its slices, by name.</param>
public sealed record EvaluatedModel(string ModelDigest, ImmutableSortedDictionary<string, EvaluatedSlice> Slices)
{
    internal ImmutableSortedDictionary<string, SliceCurves> Curves() => Slices
        .Where(slice => slice.Value is { Calibration: not null, Gain: not null })
        .ToImmutableSortedDictionary(
            slice => slice.Key,
            slice => new SliceCurves(slice.Value.Calibration!.Value, slice.Value.Gain!.Value),
            StringComparer.Ordinal);

    internal static EvaluatedModel Of(ModelMetrics metrics, ImmutableSortedDictionary<string, SliceCurves> curves) => new(
        metrics.ModelDigest,
        metrics.Slices.ToImmutableSortedDictionary(
            slice => slice.Key,
            slice => new EvaluatedSlice(slice.Value, curves.GetValueOrDefault(slice.Key)?.Calibration, curves.GetValueOrDefault(slice.Key)?.Gain),
            StringComparer.Ordinal));
}

/// <summary>One model on one slice.</summary>
/// <param name="Metrics">The measurements.</param>
/// <param name="Calibration">Calibration bins; null where there is only one class.</param>
/// <param name="Gain">Points of the gain curve; null where there is only one class.</param>
public sealed record EvaluatedSlice(SliceMetrics Metrics, ImmutableArray<CalibrationBin>? Calibration, ImmutableArray<GainPoint>? Gain);
