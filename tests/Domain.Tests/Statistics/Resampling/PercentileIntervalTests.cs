using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Domain.Tests.Statistics.Resampling;

public sealed class PercentileIntervalTests
{
    [Fact]
    public void Of_ZeroToThousand_InterpolatesAtTwoAndAHalfPercent()
    {
        double[] replicates = [.. Enumerable.Range(0, 1001).Reverse().Select(value => (double)value)];

        PercentileInterval interval = PercentileInterval.Of(replicates);

        Assert.Equal(25, interval.Lower, 9);
        Assert.Equal(975, interval.Upper, 9);
    }

    [Fact]
    public void Of_OneReplicate_IsThatPoint() => Assert.Equal(new PercentileInterval(4, 4), PercentileInterval.Of([4.0]));

    [Fact]
    public void Of_NaN_IsRefused() =>
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => PercentileInterval.Of([1, double.NaN])).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_Nothing_IsRefused() =>
        Assert.Contains("no replicates", Assert.Throws<ArgumentException>(() => PercentileInterval.Of([])).Message, StringComparison.Ordinal);
}
