using Lifecycle.Domain.Evaluation;
using static Lifecycle.Domain.Tests.Evaluation.GateTests;

namespace Lifecycle.Domain.Tests.Evaluation;

public sealed class GateComparisonsTests
{
    private static readonly GatePolicy NonInferior = Reports.Policy with { AgainstChampion = ComparisonRule.NonInferior, NonInferiorityMargin = 0.02 };

    [Theory]
    [InlineData(-0.08, -0.0001, BlessingVerdict.Blessed)]
    [InlineData(-0.08, 0, BlessingVerdict.Inconclusive)]
    [InlineData(-0.01, 0.01, BlessingVerdict.Inconclusive)]
    [InlineData(0, 0, BlessingVerdict.Refused)]
    [InlineData(0.001, 0.01, BlessingVerdict.Refused)]
    public void Judge_Superiority_IsReadOffTheInterval(double lower, double upper, BlessingVerdict expected)
    {
        EvaluationReport report = Reports.Good.With(Reports.Compared("champion", Reports.Slice, (lower + upper) / 2, lower, upper, 0.5));

        AssertVerdict(expected, "better than champion", Gate.Judge(report, Reports.Policy));
    }

    [Theory]
    [InlineData(-0.001, 0.0099, BlessingVerdict.Blessed)]
    [InlineData(-0.001, 0.01, BlessingVerdict.Inconclusive)]
    [InlineData(0.01, 0.02, BlessingVerdict.Refused)]
    public void Judge_NonInferiority_AllowsTheMarginShareOfTheChampionsLoss(double lower, double upper, BlessingVerdict expected)
    {
        EvaluationReport report = Reports.Good.With(Reports.Compared("champion", Reports.Slice, (lower + upper) / 2, lower, upper, 0.5));

        AssertVerdict(expected, "not worse than champion", Gate.Judge(report, NonInferior));
    }

    [Fact]
    public void Judge_SuperiorChallenger_SaysTheNumbersInWords()
    {
        BlessingReason reason = AssertVerdict(BlessingVerdict.Blessed, "better than champion", Gate.Judge(Reports.Good, Reports.Policy));

        Assert.Equal(
            "On 'new' the balanced log loss is 0.4000 against the champion's 0.4600: difference −0.0600, "
                + "95% interval [−0.0800, −0.0400]. All of it is below 0: better.",
            reason.Sentence);
    }

    [Theory]
    [InlineData("champion")]
    [InlineData("reference")]
    public void Judge_ComparisonMissing_Refuses(string against)
    {
        Blessing blessing = Gate.Judge(Reports.Good.Without(against, Reports.Slice), Reports.Policy);

        Assert.Equal(BlessingVerdict.Refused, blessing.Verdict);
        Assert.Contains(blessing.Reasons, reason => reason.Rule == $"better than {against}" && reason.Verdict == BlessingVerdict.Refused);
    }

    [Fact]
    public void Judge_ComparisonTwice_Refuses()
    {
        EvaluationReport report = Reports.Good with { Comparisons = [.. Reports.Good.Comparisons, Reports.Good.Comparisons[0]] };

        AssertVerdict(BlessingVerdict.Refused, "better than champion", Gate.Judge(report, Reports.Policy));
    }

    [Fact]
    public void Judge_BoundsTheWrongWayRound_Refuses()
    {
        EvaluationReport report = Reports.Good.With(Reports.Compared("champion", Reports.Slice, -0.1, -0.05, -0.2, 0.5));

        AssertVerdict(BlessingVerdict.Refused, "better than champion", Gate.Judge(report, Reports.Policy));
    }

    [Fact]
    public void Judge_ChampionComparedButNotMeasured_Refuses() =>
        AssertVerdict(BlessingVerdict.Refused, "better than champion", Gate.Judge(Reports.Good with { Champion = null }, Reports.Policy));

    [Theory]
    [InlineData("column 'distance' is missing; found 'origin'")]
    [InlineData("it answers a number in hours, and the challenger a number in minutes")]
    public void Judge_ChampionOfAnotherForm_IsInconclusiveWithAdvice(string why)
    {
        BlessingReason reason = AssertVerdict(BlessingVerdict.Inconclusive, "better than champion", Gate.Judge(Reports.First with { Incomparable = why }, Reports.Policy));

        Assert.Equal(
            $"The champion cannot be held against the challenger on these rows: {why}. Keep what it reads among 'features.inputs' and what it answers as 'target', "
                + "or begin a channel of its own for the new form ('channel').",
            reason.Sentence);
    }

    [Theory]
    [InlineData(0.01, 0.024, BlessingVerdict.Blessed)]
    [InlineData(0.01, 0.03, BlessingVerdict.Inconclusive)]
    [InlineData(0.03, 0.05, BlessingVerdict.Refused)]
    public void Judge_ProtectedSlice_AllowsTheSliceMargin(double lower, double upper, BlessingVerdict expected)
    {
        EvaluationReport report = Reports.Good.With(Reports.Compared("champion", "providers", (lower + upper) / 2, lower, upper, 0.5));

        AssertVerdict(expected, "protected slice 'providers'", Gate.Judge(report, Reports.Policy));
    }

    [Fact]
    public void Judge_ProtectedSliceOfOneClass_NeedsClustersOfThatClassOnly()
    {
        PairedComparison comparison = Reports.Compared("champion", "providers", 0, -0.01, 0.01, 0.5) with { Clusters = [600, 0] };

        AssertVerdict(BlessingVerdict.Blessed, "protected slice 'providers'", Gate.Judge(Reports.Good.With(comparison), Reports.Policy));
    }

    [Theory]
    [InlineData(0, 29)]
    [InlineData(12, 400)]
    [InlineData(0, 0)]
    public void Judge_ProtectedSliceOfFewClusters_IsInconclusive(int positive, int negative)
    {
        PairedComparison comparison = Reports.Compared("champion", "providers", 0, 0, 0, 0.5) with { Clusters = [negative, positive] };

        BlessingReason reason = AssertVerdict(BlessingVerdict.Inconclusive, "protected slice 'providers'", Gate.Judge(Reports.Good.With(comparison), Reports.Policy));

        Assert.Contains($"But the interval rests on {positive} clusters of class 1 and {negative} of class 0; asked for are 30 of each class present.", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_ProtectedSliceNotMeasured_Refuses() =>
        AssertVerdict(
            BlessingVerdict.Refused, "protected slice 'providers'", Gate.Judge(Reports.Good.Without("champion", "providers"), Reports.Policy));
}
