using Lifecycle.Domain.Evaluation;
using static Lifecycle.Domain.Tests.Evaluation.GateTests;

namespace Lifecycle.Domain.Tests.Evaluation;

public sealed class GateThresholdsTests
{
    [Theory]
    [InlineData(0.6, BlessingVerdict.Blessed)]
    [InlineData(0.5999, BlessingVerdict.Refused)]
    public void Judge_AreaUnderCurve_IsHeldAgainstTheLowest(double area, BlessingVerdict expected) =>
        AssertVerdict(expected, "area under curve", Gate.Judge(Reports.Good.WithChallenger(metrics => metrics.With(Figure.AreaUnderCurve, area)), Reports.Policy));

    [Theory]
    [InlineData(0.40, BlessingVerdict.Blessed)]
    [InlineData(0.3999, BlessingVerdict.Refused)]
    [InlineData(double.NaN, BlessingVerdict.Refused)]
    public void Judge_Loss_IsHeldAgainstTheLargest(double allowed, BlessingVerdict expected) =>
        AssertVerdict(expected, "loss", Gate.Judge(Reports.Good, Reports.Policy with { MaximumLoss = allowed }));

    [Fact]
    public void Judge_LossOfASliceThatIsNotThere_Refuses() =>
        AssertVerdict(BlessingVerdict.Refused, "loss", Gate.Judge(Reports.Good, Reports.Policy with { MaximumLoss = 1, PrimarySlice = "none" }));

    [Fact]
    public void Judge_NoLargestLoss_SaysNothingAboutIt() =>
        Assert.DoesNotContain(Gate.Judge(Reports.Good, Reports.Policy).Reasons, reason => reason.Rule == "loss");

    [Fact]
    public void Judge_NoAreaUnderCurve_Refuses() =>
        AssertVerdict(
            BlessingVerdict.Refused,
            "area under curve",
            Gate.Judge(Reports.Good.WithChallenger(metrics => metrics.With(Figure.AreaUnderCurve, null)), Reports.Policy));

    [Theory]
    [InlineData(600_000, BlessingVerdict.Blessed)]
    [InlineData(600_001, BlessingVerdict.Refused)]
    [InlineData(0, BlessingVerdict.Refused)]
    public void Judge_ModelBytes_AreHeldAgainstTheLargest(long bytes, BlessingVerdict expected) =>
        AssertVerdict(expected, "model size", Gate.Judge(Reports.Good with { ModelBytes = bytes }, Reports.Policy));

    [Theory]
    [InlineData(1000, 1000, BlessingVerdict.Blessed)]
    [InlineData(1000, 1000.1, BlessingVerdict.Refused)]
    [InlineData(0, 0, BlessingVerdict.Refused)]
    public void Judge_MedianLatency_IsHeldAgainstTheSlowest(int rows, double median, BlessingVerdict expected) =>
        AssertVerdict(expected, "latency", Gate.Judge(Reports.Good with { Latency = new LatencyReport(rows, median, 2 * median) }, Reports.Policy));

    [Theory]
    [InlineData(0, BlessingVerdict.Blessed)]
    [InlineData(1e-5, BlessingVerdict.Blessed)]
    [InlineData(1.1e-5, BlessingVerdict.Refused)]
    [InlineData(-1, BlessingVerdict.Refused)]
    public void Judge_Parity_IsHeldAgainstTheLargestDifference(double difference, BlessingVerdict expected) =>
        AssertVerdict(expected, "parity", Gate.Judge(Reports.Good with { ParityDifference = difference }, Reports.Policy));

    [Fact]
    public void Judge_ThresholdIsNaN_Refuses() =>
        AssertVerdict(
            BlessingVerdict.Refused, "area under curve", Gate.Judge(Reports.Good, Reports.Policy with { MinimumAreaUnderCurve = double.NaN }));

    [Theory]
    [InlineData(1, BlessingVerdict.Blessed)]
    [InlineData(10, BlessingVerdict.Blessed)]
    [InlineData(11, BlessingVerdict.Inconclusive)]
    [InlineData(0, BlessingVerdict.Refused)]
    public void Judge_UsesOfTheHoldout_AskForAFreshOneAfterTheLast(int uses, BlessingVerdict expected) =>
        AssertVerdict(expected, "uses of the holdout", Gate.Judge(Reports.Good with { HoldoutUses = uses }, Reports.Policy));

    [Theory]
    [InlineData(0.1, 0.02, BlessingVerdict.Blessed)]
    [InlineData(0.3, 0.02, BlessingVerdict.Refused)]
    [InlineData(double.NaN, 0.02, BlessingVerdict.Refused)]
    public void Judge_AnswerShift_IsHeldAgainstTheLargest(double shift, double changed, BlessingVerdict expected)
    {
        GatePolicy policy = Reports.Policy with { MaximumAnswerShift = 0.2, MaximumDecisionsChanged = 0.05 };
        EvaluationReport report = Reports.Good with { Loss = "balancedLogLoss", Churn = new ChurnEvidence(shift, changed) };

        AssertVerdict(expected, "answer shift", Gate.Judge(report, policy));
        AssertVerdict(BlessingVerdict.Refused, "decisions changed", Gate.Judge(report with { Churn = new ChurnEvidence(0.1, null) }, policy));
        AssertVerdict(BlessingVerdict.Refused, "decisions changed", Gate.Judge(report with { Churn = new ChurnEvidence(0.1, 0.06) }, policy));
    }

    [Fact]
    public void Judge_NoLimitOfChurn_SaysNothingAboutIt() =>
        Assert.DoesNotContain(Gate.Judge(Reports.Good with { Loss = "balancedLogLoss", Churn = new ChurnEvidence(1, 1) }, Reports.Policy).Reasons, reason => reason.Rule is "answer shift" or "decisions changed");
}
