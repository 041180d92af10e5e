using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Curves;

namespace Lifecycle.Evaluation.Reports;

/// <summary>
/// The full evaluation as one JSON document, <c>docs/formats/evaluation.md</c>: every measurement, comparison and curve, and
/// what is needed to repeat the bootstrap. The same evaluation gives the same bytes: figures are rounded to nine significant
/// digits, so that the last bits of a machine's logarithm do not show, and nothing that a clock measured is in it.
/// </summary>
public sealed record EvaluationDocument
{
    /// <summary>The value of <see cref="Format"/> that this version writes.</summary>
    public const string CurrentFormat = "lifecycle-evaluation/2";

    // Of models of two classes only; its members are read as those of the current one.
    private const string FirstFormat = "lifecycle-evaluation/1";

    private static readonly JsonSerializerOptions Json = new(DomainJson.Compact) { Converters = { new NineDigits() } };

    /// <summary>Names the layout, for readers.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>The loss that decides; null in documents of the first format, where it is the balanced log loss.</summary>
    public string? Loss { get; init; }

    /// <summary>Predictions below this counted as this; null where there was no such floor.</summary>
    public double? PredictionFloor { get; init; }

    /// <summary>The classes, as the target orders them; empty where labels are numbers.</summary>
    public ImmutableArray<string> Classes { get; init; } = ["0", "1"];

    /// <summary>Unit of answers and labels; null where there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>What the answers decide; null where the target names no rule.</summary>
    public DecisionRule? Decision { get; init; }

    /// <summary>The figures of each model and slice, in the order in which people read them.</summary>
    public ImmutableArray<Figure> Figures { get; init; } = Figure.OfTwoClasses;

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

    /// <summary>Calibration of the Challenger on the primary slice, as the gate reads it.</summary>
    public ImmutableArray<CalibrationEvidence> Calibration { get; init; } = [];

    /// <summary>How much the Challenger's answers differ from the Champion's; null without one.</summary>
    public ChurnEvidence? Churn { get; init; }

    /// <summary>What became of the Challenger's intervals; null where it gives none.</summary>
    public IntervalEvidence? Intervals { get; init; }

    /// <summary>How often this Holdout was asked about this model; null where nobody counted.</summary>
    public int? HoldoutUses { get; init; }

    /// <summary>What the Challenger learnt from; null where its trainer does not tell, and in documents from before it was kept.</summary>
    public LearnedModel? Learned { get; init; }

    /// <summary>What a random split of the same rows says; null where nobody asked.</summary>
    public RandomSplit? RandomSplit { get; init; }

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
            Loss = report.Loss,
            PredictionFloor = report.PredictionFloor,
            Classes = report.Classes,
            Unit = report.Unit,
            Decision = report.Decision,
            Figures = report.Figures,
            Calibration = report.Calibration,
            Churn = report.Churn,
            Intervals = report.Intervals,
            HoldoutUses = report.HoldoutUses,
            RandomSplit = report.RandomSplit,
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
        JsonSerializer.Deserialize<EvaluationDocument>(bytes, Json) is { Format: CurrentFormat or FirstFormat } document
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
        .Where(slice => slice.Value.HasCurves)
        .ToImmutableSortedDictionary(slice => slice.Key, slice => slice.Value.Curves(), StringComparer.Ordinal);

    internal static EvaluatedModel Of(ModelMetrics metrics, ImmutableSortedDictionary<string, SliceCurves> curves) => new(
        metrics.ModelDigest,
        metrics.Slices.ToImmutableSortedDictionary(
            slice => slice.Key, slice => EvaluatedSlice.Of(slice.Value, curves.GetValueOrDefault(slice.Key)), StringComparer.Ordinal));
}

/// <summary>One model on one slice; curves that the target or the rows do not have are null. See <see cref="SliceCurves"/>.</summary>
/// <param name="Metrics">The measurements.</param>
/// <param name="Calibration">Calibration bins of an answer that is one number.</param>
/// <param name="Gain">Points of the gain curve.</param>
public sealed record EvaluatedSlice(SliceMetrics Metrics, ImmutableArray<CalibrationBin>? Calibration, ImmutableArray<GainPoint>? Gain)
{
    /// <summary>Calibration by class.</summary>
    public ImmutableArray<ClassCalibration>? Classes { get; init; }

    /// <summary>How well each class is found.</summary>
    public ImmutableArray<ClassFigures>? ByClass { get; init; }

    /// <summary>The confusion matrix.</summary>
    public ImmutableArray<ImmutableArray<double>>? Confusion { get; init; }

    /// <summary>Pairs of prediction and label.</summary>
    public ImmutableArray<HexagonCell>? Hexagons { get; init; }

    /// <summary>Errors by bin of the prediction.</summary>
    public ImmutableArray<ResidualBin>? Residuals { get; init; }

    /// <summary>Sums over a hundred rows each.</summary>
    public ImmutableArray<SumPoint>? Sums { get; init; }

    internal bool HasCurves => Calibration is not null || Confusion is not null;

    internal static EvaluatedSlice Of(SliceMetrics metrics, SliceCurves? curves) => new(metrics, Some(curves?.Calibration), Some(curves?.Gain))
    {
        Classes = Some(curves?.Classes),
        ByClass = Some(curves?.ByClass),
        Confusion = Some(curves?.Confusion),
        Hexagons = Some(curves?.Hexagons),
        Residuals = Some(curves?.Residuals),
        Sums = Some(curves?.Sums),
    };

    internal SliceCurves Curves() => new()
    {
        Calibration = Calibration ?? [],
        Gain = Gain ?? [],
        Classes = Classes ?? [],
        ByClass = ByClass ?? [],
        Confusion = Confusion ?? [],
        Hexagons = Hexagons ?? [],
        Residuals = Residuals ?? [],
        Sums = Sums ?? [],
    };

    private static ImmutableArray<T>? Some<T>(ImmutableArray<T>? list) => list is { IsEmpty: false } ? list : null;
}
