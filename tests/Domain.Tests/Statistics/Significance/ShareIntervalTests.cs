using Lifecycle.Statistics.Significance;

namespace Lifecycle.Domain.Tests.Statistics.Significance;

public sealed class ShareIntervalTests
{
    // 0 of n leaves 1 − tail^(1/n) above it.
    [Theory]
    [InlineData(0.1, 100, 0.025, 0.0490047, 0.1762226)]
    [InlineData(0.5, 10, 0.025, 0.1870860, 0.8129140)]
    [InlineData(0, 10, 0.025, 0, 0.3084971)]
    [InlineData(1, 10, 0.025, 0.6915029, 1)]
    [InlineData(0, 100, 0.0005, 0, 0.0731922)]
    public void Of_AShare_IsTheIntervalOfClopperAndPearson(double share, double count, double tail, double lower, double upper)
    {
        (double below, double above) = ShareInterval.Of(share, count, tail);

        Assert.Equal(lower, below, 6);
        Assert.Equal(upper, above, 6);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.0123)]
    [InlineData(0.5)]
    [InlineData(0.9999)]
    public void Of_MillionsOfRows_IsTheNormalIntervalWhereCountsAreLarge(double share)
    {
        const double Count = 3_000_000;
        (double below, double above) = ShareInterval.Of(share, Count, 0.0005);
        double half = NormalQuantile.Above(0.0005) * Math.Sqrt(share * (1 - share) / Count);

        Assert.InRange(below, share - (1.1 * half), share);
        Assert.InRange(above, share, share + (3 * half));
    }

    [Fact]
    public void Of_CountsThatAreNotWhole_LiesBetweenThoseOfItsNeighbours() =>
        Assert.InRange(ShareInterval.Of(0.1, 55.5, 0.025).Upper, ShareInterval.Of(0.1, 56, 0.025).Upper, ShareInterval.Of(0.1, 55, 0.025).Upper);
}
