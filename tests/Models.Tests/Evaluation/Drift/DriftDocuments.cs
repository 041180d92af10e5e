using System.Collections.Immutable;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Drift;
using Lifecycle.Evaluation.Drift;
using Lifecycle.Evaluation.Reports.Drift;

namespace Lifecycle.Models.Tests.Evaluation.Drift;

/// <summary>Drift documents of a made-up model: one that drifted, one that is quiet, and one of a broken batch.</summary>
internal static class DriftDocuments
{
    private static readonly DateTimeOffset From = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ImmutableArray<FigureDrift> Moved =
    [
        Figure("last label", FigureKind.Categorical, DriftLevel.Act, 3.1,
            new DriftEffect(DriftMeasure.JensenShannon, 0.312, 0.1, 0.2, 1e-9, 8e-9), new DriftEffect(DriftMeasure.LargestShare, 0.117, 0.05, 0.1, 1e-9, 8e-9)),
        Figure("length", FigureKind.Numeric, DriftLevel.Act, 1,
            new DriftEffect(DriftMeasure.Wasserstein, 0.264, 0.1, 0.2, 1e-9, 8e-9), new DriftEffect(DriftMeasure.PopulationStabilityIndex, 0.118, 0.1, 0.25, 1e-9, 8e-9)),
        Figure("digits", FigureKind.ZeroInflated, DriftLevel.Warn, 1,
            new DriftEffect(DriftMeasure.ZeroShare, 0.034, 0.02, 0.05, 2e-5, 1e-4), new DriftEffect(DriftMeasure.PositiveWasserstein, 0.06, 0.1, 0.2, 0.03, 0.09)),
        Figure("key", FigureKind.HighCardinality, DriftLevel.Warn, 1, new DriftEffect(DriftMeasure.SeenShare, 0.041, 0.03, 0.06, 1e-4, 4e-4)),
        Figure("vowels", FigureKind.Numeric, DriftLevel.None, 1, new DriftEffect(DriftMeasure.Wasserstein, 0.052, 0.1, 0.2, 0.004, 0.016)),
        Figure("prediction", FigureKind.Numeric, DriftLevel.None, 1, new DriftEffect(DriftMeasure.PopulationStabilityIndex, 0.031, 0.1, 0.25, 0.01, 0.03)),
        Figure("hyphens", FigureKind.Categorical, DriftLevel.None, 1, new DriftEffect(DriftMeasure.JensenShannon, 0.021, 0.1, 0.2, 0.31, 0.41)),
    ];

    private static readonly ImmutableArray<FigureHistogram> Histograms =
    [
        new FigureHistogram
        {
            Name = "last label",
            Levels = ["com", "net", "org", "info", "co.uk", "xyz", "top", "click", "tk", "app", "an-unusually-long-suffix.example", "site"],
            Baseline = [4100, 900, 800, 300, 280, 240, 210, 150, 140, 120, 90, 70],
            Window = [2300, 500, 410, 380, 120, 910, 860, 700, 60, 90, 40, 240],
            BaselineOther = 600, WindowOther = 1390,
        },
        new FigureHistogram { Name = "length", Edges = [8, 10, 11, 12, 13, 15, 17, 19, 23], Baseline = Tenths, Window = [420, 510, 640, 700, 760, 850, 960, 1010, 1050, 1100] },
        new FigureHistogram { Name = "digits", Levels = ["0", "1", "2", "3", "4", "5"], Baseline = [6200, 800, 400, 250, 200, 150], Window = [5900, 900, 480, 290, 240, 190] },
        new FigureHistogram { Name = "key", Levels = ["listed before", "new"], Baseline = [7000, 1000], Window = [6650, 1350], BaselineNull = 12, WindowNull = 30 },
        new FigureHistogram { Name = "prediction", Edges = [0.0125, 0.034, 0.0811, 0.155, 0.3333, 0.5219, 0.7, 0.812, 0.95], Baseline = Tenths, Window = [780, 790, 820, 830, 800, 790, 760, 810, 820, 800] },
        new FigureHistogram { Name = "vowels", Edges = [1, 2, 3, 4, 5], Baseline = [900, 1500, 2000, 1800, 1100, 700], Window = [860, 1400, 1990, 1850, 1150, 750] },
    ];

    public static DriftDocument Drifted { get; } = Of(Moved, Report(DriftLevel.Act) with
    {
        LabelledCount = 3000,
        RefusedCount = 14,
        LateCount = 230,
        SeenShare = 0.127,
        DriftShare = 0.471,
        Separation = new DomainSeparation(0.683, 0.001, 16_000, DriftLevel.Act),
        Breaches = [new ValidationFinding(FindingSeverity.Warning, "freshness", "known_at", "3.2 days", "at most 2 days")],
        Losses = Losses(DriftedLosses()),
    });

    public static DriftDocument Quiet { get; } = Of(
        [.. Moved.Skip(4)],
        Report(DriftLevel.None) with { Losses = Losses(Traffic.Quiet(1500) with { Window = Traffic.Drawn(1500, seed: 2).Unlabelled() }) });

    public static DriftDocument Broken { get; } = Of(
        [
            Moved[1] with { Effects = [new DriftEffect(DriftMeasure.Wasserstein, double.NaN, 0.1, 0.2, double.NaN, double.NaN)], Level = DriftLevel.Inconclusive },
            Figure("a figure with a name that is far too long to be a good one, without_any_space_in_it_for_a_line_to_break_at", FigureKind.Numeric, DriftLevel.Act, 1,
                new DriftEffect(DriftMeasure.NullRate, 0.94, 0.01, 0.05, 0, 0)),
        ],
        Report(DriftLevel.Act) with
        {
            ActCount = 1,
            Breaches = [new ValidationFinding(FindingSeverity.Error, "nullRate", "input", "94.0%", "at most 1.0%")],
            Losses = Losses(Traffic.Quiet(300)),
        });

    public static DriftDecision Retrain { get; } = new()
    {
        Id = "disposable-domain-000042",
        Sequence = 42,
        Model = "disposable-domain",
        WindowId = "2024-03-01T00:00Z-1d",
        BaselineId = new string('b', 64),
        PolicyDigest = new string('c', 64),
        Policy = new DriftPolicy(),
        Verdict = DriftVerdict.Retrain,
        Rule = DriftRule.LabelledLoss,
        AskedBy = DriftRule.LabelledLoss,
        Reasons = ["The labelled loss is worse by 21.3%, at least 15.2%, where 10% asks.", "Of the figures, 47.1% by importance are at act."],
        Before = DriftState.Initial,
        After = DriftState.Initial,
        Evidence = new DriftEvidence { Report = Report(DriftLevel.Act), Now = From.AddDays(1) },
        DecidedAt = From.AddDays(1).AddMinutes(7),
    };

    private static ImmutableArray<long> Tenths => [800, 800, 800, 800, 800, 800, 800, 800, 800, 800];

    private static DriftDocument Of(ImmutableArray<FigureDrift> figures, DriftReport report) => DriftDocument.Of(
        report with
        {
            FigureCount = figures.Length,
            WarnCount = figures.Count(figure => figure.Level == DriftLevel.Warn),
            ActCount = figures.Count(figure => figure.Level == DriftLevel.Act),
        },
        figures,
        Histograms,
        Traffic.Policy,
        DriftedLosses());

    private static DriftReport Report(DriftLevel level) => new()
    {
        Model = "disposable-domain",
        Window = new WatchWindow("2024-03-01T00:00Z-1d", From, From.AddDays(1), From.AddDays(1.25)),
        BaselineId = new string('b', 64),
        ChannelVersion = 12,
        ModelDigest = new string('a', 64),
        RowCount = 8000,
        Level = level,
    };

    private static LossInput DriftedLosses()
    {
        LossRows window = Traffic.Drawn(3000, seed: 2, shape: 1.6, flipped: 0.03);
        return Traffic.Of(Traffic.Drawn(3000, seed: 1) with { Slices = Slices(3000, 2) }, window with { Slices = Slices(3000, 9) }) with
        {
            Weights = Traffic.ExactWeights(3000, seed: 1, shape: 1.6),
            BootstrapSamples = 200,
        };
    }

    private static LossEvidence Losses(LossInput input) => LossComparison.Measure(input with { BootstrapSamples = 200 });

    private static ImmutableSortedDictionary<string, ImmutableArray<bool>> Slices(int rows, int every) =>
        ImmutableSortedDictionary<string, ImmutableArray<bool>>.Empty.Add("providers", [.. Enumerable.Range(0, rows).Select(row => row % every == 0)]);

    private static FigureDrift Figure(string name, FigureKind kind, DriftLevel level, double importance, params DriftEffect[] effects) =>
        new() { Name = name, Kind = kind, Level = level, Importance = importance, Effects = [.. effects] };
}
