using Lifecycle.Domain.Promotions;
using static Lifecycle.Domain.Tests.Promotions.SamplePromotions;

namespace Lifecycle.Domain.Tests.Promotions;

public sealed class PromotionRulesTests
{
    private static readonly PromotionWatchPolicy Policy = new();

    [Theory]
    [InlineData(PromotionFigureKind.Predictions, 0.5)]
    [InlineData(PromotionFigureKind.Refusals, 0.02)]
    [InlineData(PromotionFigureKind.MedianLatency, 2)]
    [InlineData(PromotionFigureKind.TailLatency, 2)]
    [InlineData(PromotionFigureKind.Loss, 0.05)]
    public void Figure_AboveItsBound_IsABreachBeyondChance_AndOpenWithin(PromotionFigureKind kind, double bound)
    {
        Assert.Equal(PromotionVerdict.Breached, Judge(Figure(kind, bound * 2, bound * 1.01)).Verdict);
        Assert.Equal(PromotionVerdict.Inconclusive, Judge(Figure(kind, bound * 2, bound)).Verdict);
        Assert.Equal(PromotionVerdict.Healthy, Judge(Figure(kind, bound, bound / 2)).Verdict);
    }

    [Fact]
    public void ShiftedPredictions_CountOnlyWhileTheLossIsNotMeasured()
    {
        PromotionFigure shift = Figure(PromotionFigureKind.Predictions, 4, 4);

        Assert.Equal(PromotionVerdict.Breached, Judge(shift).Verdict);
        Assert.Equal(PromotionVerdict.Breached, Judge(shift, Figure(PromotionFigureKind.Loss, -0.5, -0.6, rows: 499)).Verdict);
        Assert.Equal(PromotionVerdict.Healthy, Judge(shift, Figure(PromotionFigureKind.Loss, -0.5, -0.6)).Verdict);
    }

    [Fact]
    public void Harm_IsAnyBreachButThatOfThePredictions()
    {
        Assert.False(PromotionRules.ShowsHarm(Look(Figure(PromotionFigureKind.Predictions, 4, 4)), Policy));
        Assert.True(PromotionRules.ShowsHarm(Look(Figure(PromotionFigureKind.Predictions, 4, 4), Figure(PromotionFigureKind.Refusals, 1, 1)), Policy));
        Assert.False(PromotionRules.ShowsHarm(Look(Figure(PromotionFigureKind.Refusals, 1, 1, rows: 499)), Policy));
    }

    [Fact]
    public void Breach_AmongHealthyFigures_IsTheOnlyReason()
    {
        PromotionReport judged = Judge(Figure(PromotionFigureKind.Refusals, 0.01, 0), Figure(PromotionFigureKind.Loss, 0.31, 0.12));

        string reason = Assert.Single(judged.Reasons);
        Assert.Equal("rise of the log loss 0.31 (at least 0.12), allowed 0.05: it was 0.1 and is 0.2 on 1000 inputs", reason);
    }

    [Fact]
    public void Breach_OnFewRows_SaysNothing()
    {
        PromotionReport judged = Judge(Figure(PromotionFigureKind.Loss, 3, 2, rows: 499));

        Assert.Equal(PromotionVerdict.Inconclusive, judged.Verdict);
        Assert.Equal(["rise of the log loss: 499 inputs, fewer than 500"], judged.Reasons);
    }

    [Fact]
    public void Traffic_OfFewRows_IsInconclusive()
    {
        PromotionReport judged = PromotionRules.Judge(Look() with { RowCount = 499 }, Policy);

        Assert.Equal(PromotionVerdict.Inconclusive, judged.Verdict);
        Assert.Equal(["499 rows since the promotion, fewer than the 500 that say something"], judged.Reasons);
    }

    [Theory]
    [InlineData(7 * 24, 1, 168)]
    [InlineData(1, 24, 1)]
    [InlineData(25, 24, 2)]
    public void Level_OfALook_SpendsTheFalseAlarmRateOverAllLooksAndFigures(double durationHours, double intervalHours, int looks)
    {
        PromotionWatchPolicy policy = new() { Duration = TimeSpan.FromHours(durationHours), Interval = TimeSpan.FromHours(intervalHours), FalseAlarmRate = 0.01 };

        Assert.Equal(0.01, policy.LookLevel() * looks * PromotionWatchPolicy.FigureCount, 12);
        Assert.Equal(PromotionWatchPolicy.FigureCount, Enum.GetValues<PromotionFigureKind>().Length);
    }

    private static PromotionReport Judge(params PromotionFigure[] figures) => PromotionRules.Judge(Look(figures), Policy);
}
