using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Domain.Tests.Evaluation;

/// <summary>What was not measured is never blessed, and replaces nothing.</summary>
public sealed class ColdStartGateTests
{
    private static readonly EvaluationReport Unmeasured = new()
    {
        Challenger = new("digest", System.Collections.Immutable.ImmutableSortedDictionary<string, SliceMetrics>.Empty),
        Reference = new("lookup of 3 texts", System.Collections.Immutable.ImmutableSortedDictionary<string, SliceMetrics>.Empty),
        Unmeasured = "NOT measured against labels.",
        ModelBytes = 2_000,
        Latency = new LatencyReport(1000, 20, 40),
        ParityDifference = 0,
    };

    [Fact]
    public void Judge_EverythingThatCanBeMeasuredHolds_IsInconclusiveAndSaysWhatWasNot()
    {
        Blessing blessing = ColdStartGate.Judge(Unmeasured, Reports.Policy, championVersion: null);

        Assert.Equal(BlessingVerdict.Inconclusive, blessing.Verdict);
        Assert.Equal((ColdStartGate.UnmeasuredRule, "NOT measured against labels."), (blessing.Reasons[0].Rule, blessing.Reasons[0].Sentence));
        Assert.All(blessing.Reasons.Skip(1), reason => Assert.Equal(BlessingVerdict.Blessed, reason.Verdict));
    }

    [Fact]
    public void Judge_AChampionIsLive_Refuses()
    {
        Blessing blessing = ColdStartGate.Judge(Unmeasured, Reports.Policy, championVersion: 3);

        Assert.Equal((BlessingVerdict.Refused, "empty channel"), (blessing.Verdict, blessing.Reasons[0].Rule));
        Assert.Contains("Version 3 is live", blessing.Reasons[0].Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(600_001L, 20.0, 0.0, "model size")]
    [InlineData(2_000L, 1001.0, 0.0, "latency")]
    [InlineData(2_000L, 20.0, 2e-5, "parity")]
    [InlineData(2_000L, 20.0, double.NaN, "parity")]
    public void Judge_AFigureThatCanBeMeasuredDoesNotHold_Refuses(long bytes, double microseconds, double parity, string rule)
    {
        EvaluationReport report = Unmeasured with
        {
            ModelBytes = bytes, Latency = new LatencyReport(1000, microseconds, microseconds), ParityDifference = parity,
        };

        Blessing blessing = ColdStartGate.Judge(report, Reports.Policy, championVersion: null);

        Assert.Equal(BlessingVerdict.Refused, blessing.Verdict);
        Assert.Contains(blessing.Reasons, reason => reason.Rule == rule && reason.Verdict == BlessingVerdict.Refused);
    }

    [Fact]
    public void Judge_AReportThatWasMeasured_OrDoesNotSayWhyNot_Refuses()
    {
        Assert.Equal(BlessingVerdict.Refused, ColdStartGate.Judge(Reports.Good, Reports.Policy, null).Verdict);
        Assert.Equal(BlessingVerdict.Refused, ColdStartGate.Judge(Reports.Good with { Unmeasured = "so they say" }, Reports.Policy, null).Verdict);
        Assert.Equal(BlessingVerdict.Refused, ColdStartGate.Judge(Unmeasured with { Unmeasured = null }, Reports.Policy, null).Verdict);
    }

    [Fact]
    public void Judge_ByTheGateOfTrainedModels_AnUnmeasuredReportIsRefused_WhateverElseItSays()
    {
        Assert.Equal(BlessingVerdict.Refused, Gate.Judge(Unmeasured, Reports.Policy).Verdict);
        Assert.Equal(BlessingVerdict.Blessed, Gate.Judge(Reports.Good, Reports.Policy).Verdict);
        Assert.Equal(BlessingVerdict.Refused, Gate.Judge(Reports.Good with { Unmeasured = "so they say" }, Reports.Policy).Verdict);
    }
}
