using System.Text.Json;
using Lifecycle.Domain.Evaluation;
using static Lifecycle.Domain.Tests.Evaluation.GateTests;

namespace Lifecycle.Domain.Tests.Evaluation;

/// <summary>Slices besides the primary one on which a Challenger has to be better, all at once.</summary>
public sealed class SuperiorSlicesTests
{
    private static readonly GatePolicy Policy = Reports.Policy with { SuperiorSlices = ["providers", "rare"] };

    // The other slice is better beyond doubt, against either opponent.
    private static readonly EvaluationReport Good = WithRare(Reports.Good, "champion");
    private static readonly EvaluationReport First = WithRare(Reports.First, "reference");

    [Theory]
    [InlineData(-0.08, -0.02, 0.012, 0.024, BlessingVerdict.Blessed)]
    [InlineData(-0.08, -0.001, 0.02, 0.04, BlessingVerdict.Inconclusive)]
    [InlineData(-0.08, 0.01, 0.2, 0.2, BlessingVerdict.Inconclusive)]
    [InlineData(0, 0, 1, 1, BlessingVerdict.Refused)]
    [InlineData(0.01, 0.02, 1, 1, BlessingVerdict.Refused)]
    public void Judge_SliceThatHasToBeBetter_IsHeldToTheAdjustedPValue(double lower, double upper, double alone, double adjusted, BlessingVerdict expected) =>
        AssertVerdict(expected, "better on slice 'providers'", Gate.Judge(Good.With(Compared("champion", lower, upper, alone, adjusted)), Policy));

    [Fact]
    public void Judge_SliceThatIsBetterAloneButNotAmongTwo_SaysBothPValues()
    {
        EvaluationReport report = Good.With(Compared("champion", -0.08, -0.001, 0.02, 0.04));

        BlessingReason reason = AssertVerdict(BlessingVerdict.Inconclusive, "better on slice 'providers'", Gate.Judge(report, Policy));

        Assert.EndsWith("With 2 slices that have to be better, p is 0.0400 after Holm's correction (0.0200 alone); below 0.025 is asked for.", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_FirstModel_IsHeldAgainstTheReferenceThere() => AssertVerdict(
        BlessingVerdict.Blessed, "better on slice 'providers'", Gate.Judge(First.With(Compared("reference", -0.3, -0.2, 0.0005, 0.001)), Policy));

    [Fact]
    public void Judge_SliceWithoutAComparison_Refuses() =>
        AssertVerdict(BlessingVerdict.Refused, "better on slice 'rare'", Gate.Judge(Reports.Good, Policy));

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    public void Judge_ComparisonWithoutAPValue_Refuses(double? adjusted) => AssertVerdict(
        BlessingVerdict.Refused, "better on slice 'providers'",
        Gate.Judge(Good.With(Reports.Compared("champion", "providers", -0.05, -0.08, -0.02, 0.5) with { PValue = 0.001, AdjustedPValue = adjusted }), Policy));

    [Fact]
    public void Judge_FewClusters_IsInconclusive() => AssertVerdict(
        BlessingVerdict.Inconclusive, "better on slice 'providers'",
        Gate.Judge(Good.With(Compared("champion", -0.08, -0.02, 0.0005, 0.001) with { Clusters = [12, 400] }), Policy));

    [Fact]
    public void Comparison_PValues_ComeBackAndAreLeftOutWhereNobodyAsks()
    {
        PairedComparison asked = Compared("champion", -0.08, -0.02, 0.0005, 0.001);

        Assert.Equal((0.0005, 0.001), JsonSerializer.Deserialize<PairedComparison>(JsonSerializer.Serialize(asked, DomainJson.Compact), DomainJson.Compact) is { } read ? (read.PValue, read.AdjustedPValue) : default);
        Assert.DoesNotContain("alue", JsonSerializer.Serialize(Reports.Good.Comparisons[0], DomainJson.Compact), StringComparison.Ordinal);
    }

    private static EvaluationReport WithRare(EvaluationReport report, string against) =>
        report.With(Reports.Compared(against, "rare", -0.3, -0.35, -0.25, 0.7) with { PValue = 0.0005, AdjustedPValue = 0.001 });

    private static PairedComparison Compared(string against, double lower, double upper, double alone, double adjusted) =>
        Reports.Compared(against, "providers", (lower + upper) / 2, lower, upper, 0.5) with { PValue = alone, AdjustedPValue = adjusted };
}
