using Lifecycle.Statistics.Significance;

namespace Lifecycle.Domain.Tests.Statistics.Significance;

public sealed class TwoProportionsTests
{
    [Fact]
    public void Of_HalvesToSixtyForty_IsTheHomogeneityTest()
    {
        SignificanceTest result = TwoProportionsTest.Of(50, 100, 60, 100);

        Assert.Equal(Math.Sqrt(2.0202020), result.Statistic, 7);
        Assert.Equal(.1552185, result.PValue, 7);
    }

    [Fact]
    public void Of_SecondShareSmaller_HasANegativeStatistic() => Assert.True(TwoProportionsTest.Of(60, 100, 50, 100).Statistic < 0);

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Of_NoneOrAllOnBothSides_SaysNothing(long hits) =>
        Assert.Equal(new SignificanceTest(0, 1), TwoProportionsTest.Of(hits, 10, hits, 10));

    [Fact]
    public void Of_MoreHitsThanRows_SaysSo() => Assert.Contains(
        "11 of 10 rows", Assert.Throws<ArgumentException>(() => TwoProportionsTest.Of(1, 10, 11, 10)).Message, StringComparison.Ordinal);
}
