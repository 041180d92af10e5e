using Lifecycle.Statistics.Distances;
using Lifecycle.Statistics.Significance;

namespace Lifecycle.Domain.Tests.Statistics.Distances;

public sealed class EmpiricalDistributionTests
{
    private static readonly double[] Mixed = [3, 1, double.NaN, 1, double.PositiveInfinity, 0, double.NegativeInfinity, 3, 3, double.NaN];

    [Fact]
    public void Of_RepeatedValues_KeepsEachOnceWithHowManyAreBelow()
    {
        EmpiricalDistribution sample = EmpiricalDistribution.Of(Mixed);

        Assert.Equal([0, 1, 3], sample.Values.ToArray());
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(sample.CountAt));
        Assert.Equal((6, 10), (sample.FiniteCount, sample.Count));
    }

    [Fact]
    public void Of_WhatIsNoNumber_IsCountedApart()
    {
        EmpiricalDistribution sample = EmpiricalDistribution.Of(Mixed);

        Assert.Equal((1, 1, 2), (sample.NegativeInfinityCount, sample.PositiveInfinityCount, sample.NotANumberCount));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(9, 6)]
    public void CountAtOrBelow_AnyValue_StepsUp(double value, int expected) =>
        Assert.Equal(expected, EmpiricalDistribution.Of(Mixed).CountAtOrBelow(value));

    [Fact]
    public void AtRank_EachRank_GivesTheOrderStatistic() => Assert.Equal(
        [0, 1, 1, 3, 3, 3], Enumerable.Range(1, 6).Select(rank => EmpiricalDistribution.Of(Mixed).AtRank(rank)));

    [Fact]
    public void WithoutZeros_ZerosAmongOthers_KeepsTheRest()
    {
        EmpiricalDistribution rest = EmpiricalDistribution.Of([-1, 0, 0, 2, 2, double.NaN]).WithoutZeros();

        Assert.Equal([-1, 2], rest.Values.ToArray());
        Assert.Equal([1, 2], Enumerable.Range(0, 2).Select(rest.CountAt));
        Assert.Equal(1, rest.NotANumberCount);
    }

    [Fact]
    public void WithoutZeros_NothingNegative_CountsAsTheRestWould()
    {
        EmpiricalDistribution rest = EmpiricalDistribution.Of([0, 0, 0, 2, 2, 5, double.PositiveInfinity]).WithoutZeros();
        EmpiricalDistribution written = EmpiricalDistribution.Of([2, 2, 5, double.PositiveInfinity]);
        EmpiricalDistribution other = EmpiricalDistribution.Of([1, 3, 5]);

        Assert.Equal((3, 2, 2, 5.0), (rest.FiniteCount, rest.CountAt(0), rest.CountAtOrBelow(3), rest.AtRank(3)));
        Assert.Equal(written.StandardDeviation(), rest.StandardDeviation());
        Assert.Equal(WassersteinDistance.OfFinite(written, other), WassersteinDistance.OfFinite(rest, other));
        Assert.Equal(KolmogorovSmirnovTest.Of(written, other), KolmogorovSmirnovTest.Of(rest, other));
    }

    [Fact]
    public void StandardDeviation_FiniteValues_IsThatOfTheWholeSample() =>
        Assert.Equal(2, EmpiricalDistribution.Of([2, 4, 4, 4, 5, 5, 7, 9, double.PositiveInfinity]).StandardDeviation(), 12);
}
