using Lifecycle.Statistics.Significance;

namespace Lifecycle.Domain.Tests.Statistics.Significance;

public sealed class KolmogorovSmirnovTests
{
    private static readonly double[] FirstTwenty = [.. Enumerable.Range(0, 20).Select(value => (double)value)];
    private static readonly double[] SixLater = [.. Enumerable.Range(6, 20).Select(value => (double)value)];

    [Fact]
    public void Exact_SmallShift_IsCertainlyNoise()
    {
        Assert.Equal(.25, KolmogorovSmirnovTest.Of([1, 2, 3, 4], [2, 3, 4, 5]).Statistic);
        Assert.Equal(1, KolmogorovSmirnovTest.ExactPValue(.25, 4, 4), 12);
    }

    [Fact]
    public void PValues_TwentyAgainstTwenty_GiveTheReferenceValues()
    {
        Assert.Equal(.3, KolmogorovSmirnovTest.Of(FirstTwenty, SixLater).Statistic, 12);
        Assert.Equal(.33559098, KolmogorovSmirnovTest.ExactPValue(.3, 20, 20), 8);
        Assert.Equal(.27053557, KolmogorovSmirnovTest.AsymptoticPValue(.3, 20, 20), 8);
    }

    [Fact]
    public void Of_TiedSamples_UsesTheAsymptoticPValue() =>
        Assert.Equal(.27053557, KolmogorovSmirnovTest.Of(FirstTwenty, SixLater).PValue, 8);

    [Fact]
    public void Of_SamplesWithoutTies_IsExact()
    {
        SignificanceTest result = KolmogorovSmirnovTest.Of([1, 2, 3, 4, 5, 6, 7], [2.5, 3.5, 4.5, 8, 9]);

        Assert.Equal(.4, result.Statistic, 12);
        Assert.Equal(.63888889, result.PValue, 8);
    }

    [Theory]
    [InlineData(.03)]
    [InlineData(.06)]
    [InlineData(.09)]
    public void ExactPValue_ThousandsOfValues_IsNearTheLimit(double gap)
    {
        double exact = KolmogorovSmirnovTest.ExactPValue(gap, 4000, 4000);

        Assert.Equal(1, exact / KolmogorovDistribution.Tail(gap * Math.Sqrt(2000)), .05);
    }

    [Fact]
    public void ExactPValue_SamplesApart_IsOneOrderInAll() =>
        Assert.Equal(2.0 / 184756, KolmogorovSmirnovTest.ExactPValue(1, 10, 10), 1e-15);

    [Fact]
    public void Of_NumbersThatTurnedIntoNaN_SeesThem()
    {
        SignificanceTest result = KolmogorovSmirnovTest.Of(
            [.. Enumerable.Range(0, 1000).Select(value => (double)value)],
            [.. Enumerable.Range(0, 1000).Select(value => value % 2 == 0 ? value : double.NaN)]);

        Assert.Equal(.5, result.Statistic, 12);
        Assert.InRange(result.PValue, 0, 1e-12);
    }

    [Fact]
    public void Of_Infinities_AreTheOutermostValues() => Assert.Equal(
        KolmogorovSmirnovTest.Of([-9, 1, 2, 9], [1.5, 9, 9]),
        KolmogorovSmirnovTest.Of([double.NegativeInfinity, 1, 2, double.PositiveInfinity], [1.5, double.PositiveInfinity, double.PositiveInfinity]));

    [Fact]
    public void ExactPValue_BandOfThePaths_EqualsAllPaths()
    {
        foreach ((int n, int m, double gap) in new[] { (50, 70, .2), (7, 300, .35), (300, 7, .35), (100, 100, .05), (64, 48, .9) })
        {
            Assert.Equal(AllPaths(gap, n, m), KolmogorovSmirnovTest.ExactPValue(gap, n, m), 12);
        }
    }

    [Theory]
    [InlineData(.10, 1.22385)]
    [InlineData(.05, 1.35810)]
    [InlineData(.01, 1.62762)]
    public void Quantile_UsualLevels_GiveTheTable(double chance, double expected) =>
        Assert.Equal(expected, KolmogorovDistribution.Quantile(chance), 5);

    [Theory]
    [InlineData(0.45)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    [InlineData(1.2)]
    [InlineData(1.63)]
    public void Tail_HundredValues_IsNearTheLimitWithItsCorrection(double x) => Assert.Equal(
        KolmogorovDistribution.Tail(x / 10, size: 100), KolmogorovDistribution.Tail(x + (1 / 60.0) + ((x - 1) / 400)), 2e-4);

    [Fact]
    public void Tail_LimitAroundOne_IsContinuous() =>
        Assert.Equal(KolmogorovDistribution.Tail(1 - 1e-12), KolmogorovDistribution.Tail(1), 10);

    private static double AllPaths(double gap, int n, int m)
    {
        double bound = (0.5 + Math.Floor((gap * n * m) - 1e-7)) / ((double)n * m);
        double[,] paths = new double[n + 1, m + 1];
        double[,] inside = new double[n + 1, m + 1];
        for (int i = 0; i <= n; i++)
        {
            for (int j = 0; j <= m; j++)
            {
                paths[i, j] = i + j == 0 ? 1 : Before(paths, i, j);
                bool isOff = Math.Abs(((double)i / n) - ((double)j / m)) > bound;
                inside[i, j] = isOff ? 0 : i + j == 0 ? 1 : Before(inside, i, j);
            }
        }

        return 1 - (inside[n, m] / paths[n, m]);
    }

    private static double Before(double[,] counts, int i, int j) => (i == 0 ? 0 : counts[i - 1, j]) + (j == 0 ? 0 : counts[i, j - 1]);
}
