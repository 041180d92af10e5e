using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Domain.Tests.Evaluation;

public sealed class GateTests
{
    [Fact]
    public void Judge_EveryRuleHolds_Blesses()
    {
        Blessing blessing = Gate.Judge(Reports.Good, Reports.Policy);

        Assert.Equal(BlessingVerdict.Blessed, blessing.Verdict);
        Assert.Equal(9, blessing.Reasons.Length);
        Assert.All(blessing.Reasons, reason => Assert.Equal(BlessingVerdict.Blessed, reason.Verdict));
    }

    [Fact]
    public void Judge_FirstModel_NeedsOnlyTheReference()
    {
        Blessing blessing = Gate.Judge(Reports.First, Reports.Policy);

        Assert.Equal(BlessingVerdict.Blessed, blessing.Verdict);
        Assert.Contains(blessing.Reasons, reason => reason.Sentence.Contains("no champion yet", StringComparison.Ordinal));
    }

    [Fact]
    public void Judge_FirstModelNoBetterThanTheReference_Refuses()
    {
        EvaluationReport report = Reports.First.With(Reports.Compared("reference", Reports.Slice, 0.1, 0.05, 0.15, 0.046));

        AssertVerdict(BlessingVerdict.Refused, "better than reference", Gate.Judge(report, Reports.Policy));
    }

    [Fact]
    public void Judge_RefusedAndInconclusiveRules_RefusesAndNamesTheBrokenRuleFirst()
    {
        EvaluationReport report = Reports.Good.With(Reports.Compared("champion", Reports.Slice, 0, -0.01, 0.01, 0.46)) with { ModelBytes = 700_000 };

        Blessing blessing = Gate.Judge(report, Reports.Policy);

        Assert.Equal(BlessingVerdict.Refused, blessing.Verdict);
        Assert.Equal(
            [BlessingVerdict.Refused, BlessingVerdict.Inconclusive, BlessingVerdict.Blessed],
            blessing.Reasons.Take(3).Select(reason => reason.Verdict));
    }

    [Fact]
    public void Judge_FewRowsOfOneClass_IsInconclusive()
    {
        EvaluationReport report = Reports.Good.WithChallenger(metrics => metrics with { ClassRows = [99, 1401] });

        BlessingReason reason = AssertVerdict(BlessingVerdict.Inconclusive, "enough evidence", Gate.Judge(report, Reports.Policy));

        Assert.Contains("99 rows in 600 clusters; at least 100 rows in 30 clusters", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_ManyRowsOfFewClusters_IsInconclusive()
    {
        PairedComparison comparison = Reports.Compared("reference", Reports.Slice, -0.3, -0.3, -0.3, 0.69) with { Clusters = [3, 900] };

        BlessingReason reason = AssertVerdict(
            BlessingVerdict.Inconclusive, "enough evidence", Gate.Judge(Reports.Good.With(comparison), Reports.Policy));

        Assert.Contains("600 rows in 3 clusters", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_PrimarySliceNotMeasured_Refuses()
    {
        GatePolicy policy = Reports.Policy with { PrimarySlice = "nwe" };

        BlessingReason reason = AssertVerdict(BlessingVerdict.Refused, "enough evidence", Gate.Judge(Reports.Good, policy));

        Assert.Contains("'nwe' was not measured", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_FigureIsNaN_RefusesAndNamesIt()
    {
        EvaluationReport report = Reports.Good.WithChallenger(metrics => metrics.With("calibrationError", double.NaN));

        BlessingReason reason = AssertVerdict(BlessingVerdict.Refused, "figures are numbers", Gate.Judge(report, Reports.Policy));

        Assert.Contains("calibration error of the challenger on 'new'", reason.Sentence, StringComparison.Ordinal);
    }

    internal static BlessingReason AssertVerdict(BlessingVerdict expected, string rule, Blessing blessing)
    {
        BlessingReason reason = Assert.Single(blessing.Reasons, reason => reason.Rule == rule);
        Assert.Equal(expected, reason.Verdict);
        Assert.Equal(expected, blessing.Verdict);
        return reason;
    }
}
