using Lifecycle.Statistics.Distances;

namespace Lifecycle.Domain.Tests.Statistics.Distances;

public sealed class DistancesTests
{
    [Fact]
    public void Largest_FiveCategories_GivesTheReferenceValue() =>
        Assert.Equal(.06015037593984962, ShareDistances.Largest([10, 20, 25, 10, 5], [11, 20, 25, 10, 10]), 15);

    [Theory]
    [InlineData(Math.E, .46450140)]
    [InlineData(2, .55792305)]
    public void JensenShannon_CertainAgainstEven_GivesTheReferenceValue(double logarithmBase, double expected) =>
        Assert.Equal(expected, ShareDistances.JensenShannon([1, 0], [50, 50], logarithmBase), 8);

    [Fact]
    public void JensenShannon_NothingInCommon_IsOneInBits() => Assert.Equal(1, ShareDistances.JensenShannon([7, 0], [0, 3]), 12);

    [Fact]
    public void JensenShannon_SameShares_IsZero() => Assert.Equal(0, ShareDistances.JensenShannon([1, 2, 3], [10, 20, 30]));

    [Fact]
    public void Wasserstein_ShiftedSample_IsTheShift() => Assert.Equal(5, WassersteinDistance.Of([0, 1, 3], [5, 6, 8]), 12);

    [Fact]
    public void Wasserstein_DifferentSizes_MovesMassNotRows() => Assert.Equal(0.5, WassersteinDistance.Of([0], [0, 1]), 12);

    [Fact]
    public void Wasserstein_Logarithm_MeasuresRatios() => Assert.Equal(
        Math.Log(10), WassersteinDistance.OfFinite(EmpiricalDistribution.Of([9, 99]), EmpiricalDistribution.Of([99, 999]), WassersteinDistance.SignedLogarithm), 12);

    [Fact]
    public void Wasserstein_Infinities_HaveNoDistance() => Assert.Equal(
        1, WassersteinDistance.OfFinite(EmpiricalDistribution.Of([1, double.PositiveInfinity]), EmpiricalDistribution.Of([2, double.NaN])), 12);

    [Fact]
    public void Wasserstein_NaN_IsRefused() =>
        Assert.Contains("count those apart", Assert.Throws<ArgumentException>(() => WassersteinDistance.Of([1, double.NaN], [1])).Message, StringComparison.Ordinal);
}
