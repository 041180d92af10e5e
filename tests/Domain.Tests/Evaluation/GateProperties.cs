using FsCheck;
using FsCheck.Fluent;
using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Domain.Tests.Evaluation;

public sealed class GateProperties
{
    private static readonly Gen<PairedComparison> Comparison =
        from against in Gen.Elements("champion", "reference")
        from slice in Gen.Elements("new", "providers")
        from lower in Gen.Choose(-300, 300)
        from width in Gen.Choose(0, 200)
        from clusters in Gen.Choose(0, 60)
        select Reports.Compared(against, slice, (lower + (width / 2.0)) / 1000, lower / 1000.0, (lower + width) / 1000.0, 0.5) with
        {
            Clusters = [600, clusters],
        };

    private static readonly Gen<EvaluationReport> Report =
        from start in Gen.Elements(Reports.Good, Reports.First)
        from comparisons in Comparison.ListOf()
        from area in Gen.Choose(500, 1000)
        from bytes in Gen.Choose(0, 900_000)
        from median in Gen.Choose(0, 2000)
        select comparisons.Aggregate(start, (report, comparison) => report.With(comparison))
            .WithChallenger(metrics => metrics.With(Figure.AreaUnderCurve, area / 1000.0)) with
        {
            ModelBytes = bytes,
            Latency = new LatencyReport(100, median, median),
        };

    [Fact]
    public void Judge_GeneratedReports_ReachEveryVerdict() => Assert.Equal(
        Enum.GetValues<BlessingVerdict>().ToHashSet(),
        Report.Sample(2000).Select(report => Gate.Judge(report, Reports.Policy).Verdict).ToHashSet());

    [Fact]
    public void Judge_AnyReport_GivesTheWorstOfItsReasons() => Holds(report =>
    {
        Blessing blessing = Gate.Judge(report, Reports.Policy);
        return blessing.Verdict == blessing.Reasons.MaxBy(reason => Badness(reason.Verdict))!.Verdict;
    });

    [Fact]
    public void Judge_DifferencesMoveDown_NeverJudgesWorse() => Holds(report =>
    {
        EvaluationReport better = report with { Comparisons = [.. report.Comparisons.Select(comparison => MovedBy(comparison, -0.05))] };
        return Badness(Gate.Judge(better, Reports.Policy).Verdict) <= Badness(Gate.Judge(report, Reports.Policy).Verdict);
    });

    [Fact]
    public void Judge_ThresholdsTighten_NeverJudgesBetter() => Holds(report =>
    {
        GatePolicy tighter = Reports.Policy with
        {
            MinimumRowsPerClass = 200,
            MinimumClustersPerClass = 50,
            MinimumAreaUnderCurve = 0.7,
            MaximumModelBytes = 300_000,
            MaximumMedianMicroseconds = 500,
            SliceMargin = 0.01,
        };
        return Badness(Gate.Judge(report, tighter).Verdict) >= Badness(Gate.Judge(report, Reports.Policy).Verdict);
    });

    [Fact]
    public void Judge_AnyBoundNotANumber_IsNeverBlessed() => Holds(report =>
    {
        double[] broken = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        return report.Comparisons
            .SelectMany(comparison => broken.SelectMany(value => new[]
            {
                comparison with { Lower = value }, comparison with { Upper = value }, comparison with { Difference = value }, comparison with { OtherLoss = value },
            }))
            .All(comparison => Gate.Judge(report.With(comparison), Reports.Policy).Verdict == BlessingVerdict.Refused);
    });

    [Fact]
    public void Judge_PrimaryComparisonTakenAway_IsNeverBlessed() => Holds(report =>
        Gate.Judge(report.Without("reference", Reports.Slice), Reports.Policy).Verdict == BlessingVerdict.Refused
        && (report.Champion is null || Gate.Judge(report.Without("champion", Reports.Slice), Reports.Policy).Verdict == BlessingVerdict.Refused));

    private static void Holds(Func<EvaluationReport, bool> property) =>
        Prop.ForAll(Report.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static PairedComparison MovedBy(PairedComparison comparison, double shift) => comparison with
    {
        Difference = comparison.Difference + shift,
        Lower = comparison.Lower + shift,
        Upper = comparison.Upper + shift,
    };

    private static int Badness(BlessingVerdict verdict) => verdict switch
    {
        BlessingVerdict.Blessed => 0,
        BlessingVerdict.Inconclusive => 1,
        _ => 2,
    };
}
