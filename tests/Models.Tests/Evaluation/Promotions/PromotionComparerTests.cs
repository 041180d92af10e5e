using System.Collections.Immutable;
using Lifecycle.Domain.Watch;
using Lifecycle.Evaluation.Promotions;

namespace Lifecycle.Models.Tests.Evaluation.Promotions;

public sealed class PromotionComparerTests
{
    private const int Seeds = 200;

    // A whole watch may raise one false alarm in a hundred, so 200 looks at a level of a hundredth of that raise none.
    [Fact]
    public void Look_AtAChampionAsGoodAsTheOld_RaisesNoAlarm() =>
        Assert.DoesNotContain(Enumerable.Range(0, Seeds), seed => new ChampionTraffic { Seed = seed }.Judge().Verdict == PromotionVerdict.Breached);

    [Fact]
    public void Look_AtABetterChampion_RaisesNoAlarm() =>
        Assert.DoesNotContain(Enumerable.Range(0, Seeds), seed => new ChampionTraffic { Seed = seed, OldNoise = 2, NewNoise = 0.2 }.Judge().Verdict != PromotionVerdict.Healthy);

    [Fact]
    public void Look_AtAChampionThatIsSureAndWrong_IsABreachOfTheLoss() =>
        AssertBreaches(seed => new() { Seed = seed, NewNoise = 4 }, PromotionFigureKind.Loss);

    [Fact]
    public void Look_AtAChampionThatRefusesTooMuch_IsABreachOfTheRefusals() =>
        AssertBreaches(seed => new() { Seed = seed, NewRefusals = 0.2 }, PromotionFigureKind.Refusals);

    [Fact]
    public void Look_AtAChampionThreeTimesAsSlow_IsABreachOfTheMedianLatency() =>
        AssertBreaches(seed => new() { Seed = seed, Slowdown = 3 }, PromotionFigureKind.MedianLatency);

    [Fact]
    public void Look_AtAChampionThatAnswersDifferently_IsABreachOfThePredictionsWithoutLabels() =>
        AssertBreaches(seed => new() { Seed = seed, NewOffset = 4, IsLabelled = false }, PromotionFigureKind.Predictions);

    // A single look at the 5% level, with bounds of zero: the share of alarms is the level of the bound itself.
    [Fact]
    public void Bound_OfTheLossAtFivePercent_IsPassedInAboutFivePercentOfEqualChampions()
    {
        int above = Enumerable.Range(0, 1000).Count(seed => Figure(new ChampionTraffic { Seed = seed, Rows = 1000, Level = 0.05 }, PromotionFigureKind.Loss).LowerBound > 0);

        Assert.InRange(above, 30, 75);
    }

    [Fact]
    public void Refusals_OfTrafficThatBothRefuse_AreNoRise()
    {
        PromotionInput input = new ChampionTraffic().Input();
        PromotionFigure figure = PromotionComparer.Compare(input with
        {
            Now = [.. input.Now.Select(row => row with { IsRefused = true })],
            OldScores = [.. input.Now.Select(_ => (float?)null)],
        }).Single(one => one.Kind == PromotionFigureKind.Refusals);

        Assert.Equal((1, 1, 0, 0), (figure.Before, figure.Now, figure.Effect, figure.LowerBound));
    }

    [Fact]
    public void Input_ThatOneClientRepeats_IsOneObservation()
    {
        PromotionInput input = new ChampionTraffic { IsLabelled = false }.Input();
        ImmutableArray<TrafficRow> repeated = [.. input.Now.Select(row => row with { Input = "the same", IsRefused = true })];

        ImmutableArray<PromotionFigure> figures = PromotionComparer.Compare(input with { Now = repeated });

        PromotionFigure refusals = figures.Single(one => one.Kind == PromotionFigureKind.Refusals);
        Assert.Equal(1, refusals.Rows);
        Assert.True(refusals.LowerBound < -1e300);
        Assert.Equal(1, figures.Single(one => one.Kind == PromotionFigureKind.Predictions).Rows);
    }

    // Clients that repeat themselves have no spread among them: below thirty nothing is believed, whatever the policy's fewest rows.
    [Theory]
    [InlineData(2)]
    [InlineData(29)]
    public void Inputs_OfFewClients_AreNoBreach(int clients)
    {
        PromotionInput input = new ChampionTraffic { IsLabelled = false }.Input();
        ImmutableArray<TrafficRow> repeated = [.. input.Now.Select((row, index) => row with { Input = $"client {index % clients}", IsRefused = true })];

        PromotionFigure refusals = PromotionComparer.Compare(input with { Now = repeated }).Single(one => one.Kind == PromotionFigureKind.Refusals);

        Assert.Equal(clients, refusals.Rows);
        Assert.False(PromotionRules.IsBreached(refusals, new PromotionWatchPolicy { MinimumRows = 1 }));
    }

    [Fact]
    public void Figures_WithoutLabelsOrLatencies_AreLeftOut()
    {
        PromotionInput input = new ChampionTraffic { IsLabelled = false }.Input();

        ImmutableArray<PromotionFigure> figures = PromotionComparer.Compare(input with { Before = [] });

        Assert.Equal([PromotionFigureKind.Predictions, PromotionFigureKind.Refusals], figures.Select(figure => figure.Kind));
    }

    [Fact]
    public void Figures_WithoutTraffic_AreNone() => Assert.Empty(PromotionComparer.Compare(new() { Now = [], Before = [], NewScores = [], OldScores = [], Level = 0.01 }));

    private static void AssertBreaches(Func<int, ChampionTraffic> traffic, PromotionFigureKind kind)
    {
        PromotionWatchPolicy policy = new();
        for (int seed = 0; seed < Seeds; seed++)
        {
            PromotionFigure figure = Figure(traffic(seed), kind);
            Assert.True(figure.LowerBound > PromotionRules.BoundOf(kind, policy), $"seed {seed}: {figure}");
        }
    }

    private static PromotionFigure Figure(ChampionTraffic traffic, PromotionFigureKind kind) => traffic.Compare().Single(figure => figure.Kind == kind);
}
