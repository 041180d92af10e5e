using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
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
            OldAnswers = ChampionTraffic.Answered(input.Now.Select(_ => (float?)null)),
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

    public static TheoryData<string> OddRows() =>
    [
        "one row", "one input", "every row refused now", "every row refused before", "no score is a number", "every new score is a number beyond bounds",
        "every latency is zero", "every latency is no number", "latencies without bound", "old answers all certain and right", "one class",
        "no level", "the smallest level", "a level far in the tail", "a level above one",
    ];

    // Whatever the rows are: each figure is a number, or says why it is none, and the rest is measured.
    [Theory]
    [MemberData(nameof(OddRows))]
    public void Look_AtOddRows_GivesNumbersOrSaysWhyThereAreNone(string rows)
    {
        ImmutableArray<PromotionFigure> figures = PromotionComparer.Compare(Odd(rows));

        Assert.Contains(figures, figure => figure.Kind == PromotionFigureKind.Refusals);
        Assert.All(figures, figure =>
        {
            Assert.All([figure.Before, figure.Now, figure.Effect, figure.LowerBound], number => Assert.True(double.IsFinite(number), $"{figure}"));
            Assert.True(figure.Inconclusive is null || figure.Inconclusive.Length > 10, $"{figure}");
        });
        PromotionReport report = PromotionRules.Judge(new ChampionTraffic().Judge() with { Figures = figures }, new PromotionWatchPolicy());
        Assert.All(figures.Where(figure => figure.Inconclusive is not null && report.Verdict != PromotionVerdict.Breached), figure =>
            Assert.Contains(report.Reasons, reason => reason.Contains($"inconclusive because {figure.Inconclusive}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("no level", PromotionFigureKind.Refusals)]
    [InlineData("a level above one", PromotionFigureKind.Loss)]
    [InlineData("no score is a number", PromotionFigureKind.Loss)]
    public void Figure_ThatItsRowsDoNotAllow_IsInconclusiveAndBreachesNothing(string rows, PromotionFigureKind kind)
    {
        PromotionFigure figure = PromotionComparer.Compare(Odd(rows)).Single(one => one.Kind == kind);

        Assert.NotNull(figure.Inconclusive);
        Assert.False(PromotionRules.IsBreached(figure, new PromotionWatchPolicy { MinimumRows = 0 }));
    }

    [Fact]
    public void Figures_WithoutLabelsOrLatencies_AreLeftOut()
    {
        PromotionInput input = new ChampionTraffic { IsLabelled = false }.Input();

        ImmutableArray<PromotionFigure> figures = PromotionComparer.Compare(input with { Before = [] });

        Assert.Equal([PromotionFigureKind.Predictions, PromotionFigureKind.Refusals], figures.Select(figure => figure.Kind));
    }

    [Fact]
    public void Figures_WithoutTraffic_AreNone() => Assert.Empty(PromotionComparer.Compare(new ChampionTraffic().Input() with
    {
        Now = [], Before = [], NewAnswers = ChampionTraffic.Answered([]), OldAnswers = ChampionTraffic.Answered([]),
    }));

    [Fact]
    public void Figures_OfNumbers_AreOfTheirMeansAndOfTheLossThatDecides()
    {
        PromotionInput input = Asked(new Target.Regression(), new AbsoluteLoss(), [10, 0, 4], new(1, [7, 1, 4]), new(1, [4, 2, 4]));

        ImmutableArray<PromotionFigure> figures = PromotionComparer.Compare(input);

        PromotionFigure answers = figures.Single(one => one.Kind == PromotionFigureKind.Predictions);
        Assert.Equal((4, 10 / 3.0), (answers.Before, answers.Now));
        PromotionFigure loss = figures.Single(one => one.Kind == PromotionFigureKind.Loss);
        Assert.Equal((4 / 3.0, 8 / 3.0, 1), (loss.Before, loss.Now, loss.Effect));
    }

    [Fact]
    public void Figures_OfClasses_AreOfTheShareThatChangedMost()
    {
        Target.Multiclass target = new() { Classes = ["None", "Minor", "Medium"] };
        PromotionInput input = Asked(
            target, PromotionInput.LossFor(new LogLoss(isBalanced: true)), [0, 1],
            new(3, [0.7f, 0.2f, 0.1f, 0.1f, 0.8f, 0.1f]), new(3, [0.2f, 0.7f, 0.1f, 0.1f, 0.8f, 0.1f]));

        ImmutableArray<PromotionFigure> figures = PromotionComparer.Compare(input);

        PromotionFigure answers = figures.Single(one => one.Kind == PromotionFigureKind.Predictions);
        Assert.Equal(("None", 0.5, 0), (answers.Class, answers.Before, answers.Now));
        PromotionFigure loss = figures.Single(one => one.Kind == PromotionFigureKind.Loss);
        Assert.Equal(0.289909248, loss.Before, 7);
        Assert.Equal((Math.Log(5) - Math.Log(0.8)) / 2, loss.Now, 6);
    }

    [Fact]
    public void Figures_OfVersionsThatAnswerOtherQuestions_SayThatTheyDo()
    {
        PromotionInput input = Asked(new Target.Regression { Unit = "minutes" }, new AbsoluteLoss(), [10, 0], new(1, [7, 1]), new(1, [4, 2]));

        PromotionFigure[] figures = [.. PromotionComparer.Compare(input with { OldAnswers = input.OldAnswers with { Target = new Target.Binary() } }).Where(figure => figure.Inconclusive is not null)];

        Assert.Equal([PromotionFigureKind.Predictions, PromotionFigureKind.Loss], figures.Select(figure => figure.Kind));
        Assert.All(figures, figure => Assert.Equal("the version before answers the probability of '1' against '0', this one a number of minutes", figure.Inconclusive));
    }

    [Fact]
    public void Reasons_OfAReport_CallTheLossByItsName()
    {
        PromotionReport report = new ChampionTraffic { NewNoise = 4 }.Judge();

        Assert.Contains(report.Reasons, reason => reason.StartsWith("rise of the log loss ", StringComparison.Ordinal));
        Assert.Contains(
            PromotionRules.Judge(report with { Loss = "absolute" }, new()).Reasons, reason => reason.StartsWith("rise of the absolute error ", StringComparison.Ordinal));
    }

    private static PromotionInput Asked(Target target, Loss loss, double[] labels, Answers old, Answers now) => new()
    {
        Loss = loss,
        Now = [.. labels.Select((label, row) => new TrafficRow($"row {row}", IsRefused: false, LatencyMicroseconds: null, label))],
        Before = [],
        OldAnswers = new(target, old, [.. labels.Select(_ => false)]),
        NewAnswers = new(target, now, [.. labels.Select(_ => false)]),
        Level = 0.01,
    };

    private static ChampionAnswers First(ChampionAnswers all) =>
        all with { Answers = all.Answers.Take(all.IsRefused[0] ? [] : [0]), IsRefused = all.IsRefused[..1] };

    private static PromotionInput Odd(string rows)
    {
        PromotionInput input = new ChampionTraffic().Input();
        ChampionAnswers Scores(float? score) => ChampionTraffic.Answered(input.Now.Select(_ => score));
        ImmutableArray<TrafficRow> Rows(Func<TrafficRow, TrafficRow> change) => [.. input.Now.Select(change)];
        PromotionInput Latencies(float latency) => input with
        {
            Now = Rows(row => row with { LatencyMicroseconds = latency }), Before = [.. input.Before.Select(row => row with { LatencyMicroseconds = latency })],
        };
        return rows switch
        {
            "one row" => input with { Now = input.Now[..1], Before = input.Before[..1], NewAnswers = First(input.NewAnswers), OldAnswers = First(input.OldAnswers) },
            "one input" => input with { Now = Rows(row => row with { Input = "the same" }) },
            "every row refused now" => input with { Now = Rows(row => row with { IsRefused = true }), NewAnswers = Scores(null) },
            "every row refused before" => input with { OldAnswers = Scores(null) },
            "no score is a number" => input with { NewAnswers = Scores(float.NaN), OldAnswers = Scores(float.NaN) },
            "every new score is a number beyond bounds" => input with { NewAnswers = Scores(float.PositiveInfinity) },
            "every latency is zero" => Latencies(0),
            "every latency is no number" => Latencies(float.NaN),
            "latencies without bound" => Latencies(float.PositiveInfinity),
            "old answers all certain and right" => input with { OldAnswers = ChampionTraffic.Answered(input.Now.Select(row => (float?)(row.Label == 1 ? 1 : 0))) },
            "one class" => input with { Now = Rows(row => row with { Label = 1 }) },
            "no level" => input with { Level = 0 },
            "the smallest level" => input with { Level = double.Epsilon },
            "a level far in the tail" => input with { Level = 1e-60 },
            _ => input with { Level = 3 },
        };
    }

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
