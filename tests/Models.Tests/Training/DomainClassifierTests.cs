using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.Statistics.Resampling;
using Lifecycle.Statistics.Significance;
using Lifecycle.Training.Domains;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

public sealed class DomainClassifierTests
{
    [Fact]
    public void Score_SidesThatAreTheSame_KnowsNothingOfAnyRow()
    {
        DomainRow[] rows = [.. Enumerable.Range(0, 600).Select(i => new DomainRow($"key {i}", new float[] { i % 7 }))];

        DomainScores scores = DomainClassifier.Score(rows, rows);

        Assert.All(scores.Window, score => Assert.Equal(0.5, score.Probability, 1e-6));
        Assert.Equal(rows.Length, scores.Baseline.Length);
    }

    [Fact]
    public void Score_SameDistribution_CannotTellThemApart() =>
        Assert.InRange(Area(DomainClassifier.Score(Rows(2000, 1), Rows(2000, 2))), 0.46, 0.54);

    [Fact]
    public void Score_FigureMoved_TellsThemApart() =>
        Assert.True(Area(DomainClassifier.Score(Rows(2000, 1), Rows(2000, 2, (first, second) => [first + 1, second]))) > 0.7);

    [Fact]
    public void Score_OnlyTheWayFiguresGoTogetherChanged_TellsThemApart()
    {
        DomainRow[] together = Rows(4000, 2, (first, second) => [first, first > 0 ? Math.Abs(second) : -Math.Abs(second)]);

        Assert.True(Area(DomainClassifier.Score(Rows(4000, 1), together)) > 0.65);
    }

    [Fact]
    public void Score_ValuesWentMissing_TellsThemApart()
    {
        DomainRow[] missing = Rows(2000, 2, (first, second) => [first > 0.3 ? float.NaN : first, second]);

        Assert.True(Area(DomainClassifier.Score(Rows(2000, 1), missing)) > 0.65);
    }

    [Fact]
    public void Score_Twice_GivesTheSameScoresInOrderOfRows()
    {
        DomainScores once = DomainClassifier.Score(Rows(1000, 1), Rows(800, 2));
        DomainScores again = DomainClassifier.Score(Rows(1000, 1), Rows(800, 2));

        Assert.Equal(once.Baseline, again.Baseline);
        Assert.Equal(once.Window, again.Window);
        Assert.Equal(Enumerable.Range(0, 1000), once.Baseline.Select(score => score.Row));
        Assert.Equal(800, once.Window.Length);
    }

    [Fact]
    public void Score_RowsOfAKey_AreNeverLearntByHeart()
    {
        // Each of 40 keys has a figure of its own and is on one side only: a classifier that saw the key would know the side.
        DomainRow[] all = [.. Enumerable.Range(0, 4000).Select(row => new DomainRow($"key {row % 40}", new float[] { Shuffled(row % 40) }))];
        DomainScores scores = DomainClassifier.Score([.. all.Where((_, row) => row % 40 < 20)], [.. all.Where((_, row) => row % 40 >= 20)]);

        Assert.InRange(Area(scores), 0.2, 0.8);
    }

    [Fact]
    public void Score_MoreRowsThanAllowed_TakesASampleInOrder()
    {
        DomainScores scores = DomainClassifier.Score(Rows(3000, 1), Rows(500, 2), new DomainClassifierOptions { MaximumRows = 1000 });

        Assert.Equal(1000, scores.Baseline.Length);
        Assert.Equal(scores.Baseline.Select(score => score.Row).Order(), scores.Baseline.Select(score => score.Row));
        Assert.InRange(scores.Baseline.Average(score => score.Row), 1350, 1650);
    }

    [Fact]
    public void Score_TooFewRows_SaysHowMany() => Assert.Contains(
        "99 window rows", Assert.Throws<UntrainableException>(() => DomainClassifier.Score(Rows(500, 1), Rows(99, 2))).Message, StringComparison.Ordinal);

    [Fact]
    public void Score_OneKeyOnly_IsRefused() => Assert.Throws<UntrainableException>(() =>
        DomainClassifier.Score([.. Rows(200, 1).Select(row => row with { Key = "one" })], [.. Rows(200, 2).Select(row => row with { Key = "one" })]));

    private static double Area(DomainScores scores) => AreaUnderCurveTest.AreaOf(
        (double[])[.. scores.Baseline.Concat(scores.Window).Select(score => score.Probability)],
        (bool[])[.. scores.Baseline.Select(_ => false), .. scores.Window.Select(_ => true)]);

    private static float Shuffled(int key) => (float)new SplitMix64(99).UniformAt((ulong)key);

    private static DomainRow[] Rows(int count, int seed, Func<float, float, float[]>? change = null)
    {
        SplitMix64 draws = new((ulong)seed);
        return
        [
            .. Enumerable.Range(0, count).Select(row =>
            {
                (float first, float second) = (Normal(draws, 2 * row), Normal(draws, (2 * row) + 1));
                return new DomainRow($"{seed}-{row}", change is null ? new[] { first, second } : change(first, second));
            }),
        ];
    }

    // The sum of twelve uniform numbers less six is near enough to a standard normal one.
    private static float Normal(SplitMix64 draws, int index)
    {
        SplitMix64 stream = draws.Split((ulong)index);
        return (float)(Enumerable.Range(0, 12).Sum(i => stream.UniformAt((ulong)i)) - 6);
    }
}
