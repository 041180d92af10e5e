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
}
