using System.Collections.Immutable;
using Lifecycle.Statistics.Resampling;
using Lifecycle.Training.Domains;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

public sealed class LossModelTests
{
    [Fact]
    public void Expect_LossesThatGrowWithAFigure_AreExpectedToGrowOnBothSides()
    {
        DomainRow[] rows = Rows(2000, seed: 1);
        double[] losses = [.. rows.Select(row => 5 + (10 * row.Figures.Span[0]))];

        LossExpectations found = LossModel.Expect(rows, losses, [], Rows(500, seed: 2));

        Assert.All(found.Holdout.Zip(losses), pair => Assert.Equal(pair.Second, pair.First, 1.5));
        Assert.All(found.Window.Zip(Rows(500, seed: 2)), pair => Assert.Equal(5 + (10 * pair.Second.Figures.Span[0]), pair.First, 1.5));
    }

    // What a row itself lost must not leak into what it is expected to lose, nor through another row of its key.
    [Fact]
    public void Expect_LossesOfNoise_AreNotLearntByHeart()
    {
        SplitMix64 draws = new(3);
        DomainRow[] rows = [.. Rows(2000, seed: 1).Select((row, i) => row with { Key = $"key {i / 2}" })];
        double[] losses = [.. Enumerable.Range(0, rows.Length).Select(row => draws.UniformAt((ulong)(row / 2)))];

        ImmutableArray<double> expected = LossModel.Expect(rows, losses, [], []).Holdout;

        double mean = losses.Average();
        Assert.True(expected.Zip(losses).Sum(pair => (pair.First - mean) * (pair.Second - mean)) < 0.05 * losses.Sum(loss => (loss - mean) * (loss - mean)));
    }

    [Fact]
    public void Expect_Twice_GivesTheSameNumbers()
    {
        DomainRow[] rows = Rows(600, seed: 1);
        double[] losses = [.. rows.Select(row => (double)row.Figures.Span[0])];

        LossExpectations once = LossModel.Expect(rows, losses, [], rows);
        LossExpectations again = LossModel.Expect(rows, losses, [], rows);

        Assert.Equal(once.Holdout, again.Holdout);
        Assert.Equal(once.Window, again.Window);
    }

    [Fact]
    public void Expect_HeavyRows_CountMore()
    {
        DomainRow[] rows = [.. Enumerable.Range(0, 1000).Select(row => new DomainRow($"row {row}", new float[] { 1 }))];
        double[] losses = [.. Enumerable.Range(0, 1000).Select(row => row % 2 == 0 ? 1d : 3)];
        double[] weights = [.. Enumerable.Range(0, 1000).Select(row => row % 2 == 0 ? 9d : 1)];

        Assert.All(LossModel.Expect(rows, losses, weights, []).Holdout, expected => Assert.Equal(1.2, expected, 0.1));
    }

    [Theory]
    [InlineData(99, 1, "99 Holdout rows and 99 losses; expected at least 100")]
    [InlineData(200, 0, "losses of 0 in the mean; expected more than nothing")]
    public void Expect_RowsOrLossesThatTeachNothing_AreRefused(int rows, double loss, string expected) => Assert.Contains(
        expected,
        Assert.Throws<UntrainableException>(() => LossModel.Expect(Rows(rows, seed: 1), [.. Enumerable.Repeat(loss, rows)], [], [])).Message, StringComparison.Ordinal);

    private static DomainRow[] Rows(int rows, int seed)
    {
        SplitMix64 draws = new((ulong)seed);
        return [.. Enumerable.Range(0, rows).Select(row => new DomainRow($"row {row}", new[] { (float)draws.UniformAt((ulong)row) }))];
    }
}
