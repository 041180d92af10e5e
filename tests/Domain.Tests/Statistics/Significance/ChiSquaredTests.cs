using Lifecycle.Statistics.Significance;
using MathNet.Numerics.Distributions;

namespace Lifecycle.Domain.Tests.Statistics.Significance;

public sealed class ChiSquaredTests
{
    private static readonly long[,] Halves = { { 50, 50 }, { 60, 40 } };

    [Fact]
    public void Homogeneity_TwoByThree_GivesTheReferenceValues() => AssertResult(
        2.7777778, .24935221, ChiSquaredTest.Homogeneity(new long[,] { { 10, 10, 20 }, { 20, 20, 20 } }));

    [Fact]
    public void Homogeneity_LargeTable_GivesTheReferenceValues()
    {
        SignificanceTest result = ChiSquaredTest.Homogeneity(new long[,] { { 762, 327, 468 }, { 484, 239, 477 } });

        Assert.Equal(30.0701491, result.Statistic, 7);
        Assert.Equal(2.953589e-7, result.PValue, 1e-13);
    }

    [Fact]
    public void Homogeneity_HalvesToSixtyForty_CountsTheErrorOfBoth() =>
        AssertResult(2.0202020, .1552185, ChiSquaredTest.Homogeneity(Halves));

    [Theory]
    [InlineData(1, 3.841)]
    [InlineData(2, 5.991)]
    [InlineData(5, 11.070)]
    [InlineData(9, 16.919)]
    [InlineData(10, 18.307)]
    public void Tail_TabulatedQuantile_IsOneInTwenty(int degreesOfFreedom, double quantile)
    {
        Assert.Equal(quantile, ChiSquared.InvCDF(degreesOfFreedom, .95), 3);
        Assert.Equal(.05, ChiSquaredTest.Tail(quantile, degreesOfFreedom), 4);
    }

    [Fact]
    public void Homogeneity_EmptyColumn_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ChiSquaredTest.Homogeneity(new long[,] { { 1, 0 }, { 2, 0 } }));

    [Fact]
    public void HomogeneityMergingRare_CommonCategories_IsThePlainTest() =>
        AssertResult(2.7777778, .24935221, ChiSquaredTest.HomogeneityMergingRare([10, 10, 20], [20, 20, 20]));

    [Fact]
    public void HomogeneityMergingRare_RareCategories_CountAsOne() => Assert.Equal(
        ChiSquaredTest.Homogeneity(new long[,] { { 50, 40, 10 }, { 60, 30, 10 } }),
        ChiSquaredTest.HomogeneityMergingRare([50, 40, 4, 6, 0], [60, 30, 3, 3, 4]));

    [Fact]
    public void HomogeneityMergingRare_OneRareCategory_JoinsTheNextRarest() => Assert.Equal(
        ChiSquaredTest.Homogeneity(new long[,] { { 60, 40 }, { 60, 40 } }), ChiSquaredTest.HomogeneityMergingRare([60, 39, 1], [60, 38, 2]));

    [Fact]
    public void HomogeneityMergingRare_NothingButRare_SaysNothing() =>
        Assert.Equal(new SignificanceTest(0, 1), ChiSquaredTest.HomogeneityMergingRare([1, 2, 0], [2, 0, 1]));

    private static void AssertResult(double statistic, double pValue, SignificanceTest result)
    {
        Assert.Equal(statistic, result.Statistic, 7);
        Assert.Equal(pValue, result.PValue, 7);
    }
}
