using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Promotions;

namespace Lifecycle.Domain.Tests.Drift;

/// <summary>What could not be measured is said, and the rest decides.</summary>
public sealed class UnmeasuredTests
{
    private const string Sentence = "The separation from the baseline is inconclusive because all rows have one key.";

    [Fact]
    public void Decide_SomethingUnmeasured_SaysSoAndDecidesByTheRest()
    {
        DriftEvidence quiet = Windows.Quiet(1).With(report => report with { Unmeasured = [Sentence] });

        DriftFinding finding = DriftDecisions.Decide(new DriftPolicy(), DriftState.Initial, quiet);

        Assert.Equal(DriftVerdict.None, finding.Verdict);
        Assert.Contains(Sentence, finding.Reasons);
    }

    [Theory]
    [InlineData(0, 0, double.NaN, double.NaN)]
    [InlineData(0, 1, double.PositiveInfinity, -1)]
    [InlineData(0, 1, 1, double.NegativeInfinity)]
    [InlineData(double.NaN, 0.5, 0, 0)]
    [InlineData(0.5, double.NaN, 0, 0)]
    [InlineData(0.5, double.PositiveInfinity, 5, 5)]
    public void OrInconclusive_NumbersThatAreNone_SaysWhyAndHoldsNumbers(double before, double now, double effect, double lower)
    {
        PromotionFigure figure = new PromotionFigure(PromotionFigureKind.Loss, before, now, effect, lower, 1_000_000).OrInconclusive();

        Assert.NotNull(figure.Inconclusive);
        Assert.All([figure.Before, figure.Now, figure.Effect, figure.LowerBound], value => Assert.True(double.IsFinite(value)));
        Assert.False(PromotionRules.IsBreached(figure, new PromotionWatchPolicy()));
    }

    [Fact]
    public void OrInconclusive_Numbers_IsTheFigureItself()
    {
        PromotionFigure figure = new(PromotionFigureKind.Loss, 0.4, 0.5, 0.25, 0.1, 100);

        Assert.Equal(figure, figure.OrInconclusive());
    }
}
