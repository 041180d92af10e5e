using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Domain.Tests.Evaluation;

/// <summary>A report that the default policy blesses, to be spoilt by tests one figure at a time.</summary>
internal static class Reports
{
    public const string Slice = "new";

    public static GatePolicy Policy { get; } = new() { PrimarySlice = Slice, ProtectedSlices = ["providers"] };

    public static EvaluationReport Good { get; } = new()
    {
        Challenger = Model("challenger", 0.40),
        Champion = Model("champion", 0.46),
        Reference = Model("constant 0.5", 0.69),
        Comparisons =
        [
            Compared("champion", Slice, -0.06, -0.08, -0.04, 0.46),
            Compared("champion", "providers", 0, -0.01, 0.01, 0.46),
            Compared("reference", Slice, -0.29, -0.31, -0.27, 0.69),
        ],
        ModelBytes = 200_000,
        Latency = new LatencyReport(1000, 20, 40),
        ParityDifference = 4e-7,
    };

    public static EvaluationReport First { get; } = Good with
    {
        Champion = null,
        Comparisons = [.. Good.Comparisons.Where(comparison => comparison.Against == "reference")],
    };

    public static PairedComparison Compared(string against, string slice, double difference, double lower, double upper, double other) =>
        new(against, slice, difference, lower, upper, other, [600, 900]);

    public static EvaluationReport With(this EvaluationReport report, PairedComparison comparison) => report with
    {
        Comparisons = [.. report.Without(comparison.Against, comparison.Slice).Comparisons, comparison],
    };

    public static EvaluationReport Without(this EvaluationReport report, string against, string slice) => report with
    {
        Comparisons = [.. report.Comparisons.Where(comparison => comparison.Against != against || comparison.Slice != slice)],
    };

    public static EvaluationReport WithChallenger(this EvaluationReport report, Func<SliceMetrics, SliceMetrics> change) => report with
    {
        Challenger = report.Challenger with
        {
            Slices = report.Challenger.Slices.SetItem(Slice, change(report.Challenger.Slices[Slice])),
        },
    };

    public static SliceMetrics With(this SliceMetrics metrics, string figure, double? value) => metrics with
    {
        Figures = value is { } number ? metrics.Figures.SetItem(figure, number) : metrics.Figures.Remove(figure),
    };

    private static ModelMetrics Model(string digest, double loss)
    {
        SliceMetrics metrics = new()
        {
            RowCount = 1500,
            ClassRows = [600, 900],
            Loss = loss,
            Figures = ImmutableSortedDictionary.CreateRange<string, double>(
                StringComparer.Ordinal,
                [new("balancedLogLoss", loss), new("logLoss", loss), new(Figure.AreaUnderCurve, 0.9), new("averagePrecision", 0.9), new("calibrationError", 0.02)]),
        };
        SliceMetrics oneClass = new() { RowCount = 300, ClassRows = [300, 0], Loss = loss };
        return new ModelMetrics(digest, ImmutableSortedDictionary.CreateRange(
            [KeyValuePair.Create("all", metrics), KeyValuePair.Create(Slice, metrics), KeyValuePair.Create("providers", oneClass)]));
    }
}
