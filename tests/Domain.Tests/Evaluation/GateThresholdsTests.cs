using Lifecycle.Domain.Evaluation;
using static Lifecycle.Domain.Tests.Evaluation.GateTests;

namespace Lifecycle.Domain.Tests.Evaluation;

public sealed class GateThresholdsTests
{
    [Theory]
    [InlineData(0.6, BlessingVerdict.Blessed)]
    [InlineData(0.5999, BlessingVerdict.Refused)]
    public void Judge_AreaUnderCurve_IsHeldAgainstTheLowest(double area, BlessingVerdict expected) =>
        AssertVerdict(expected, "area under curve", Gate.Judge(Reports.Good.WithChallenger(metrics => metrics with { AreaUnderCurve = area }), Reports.Policy));

    [Fact]
    public void Judge_NoAreaUnderCurve_Refuses() =>
        AssertVerdict(
            BlessingVerdict.Refused,
            "area under curve",
            Gate.Judge(Reports.Good.WithChallenger(metrics => metrics with { AreaUnderCurve = null }), Reports.Policy));

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
}
