using Lifecycle.Statistics.Distances;

namespace Lifecycle.Domain.Tests.Statistics.Distances;

public sealed class PopulationStabilityIndexTests
{
    private static readonly long[] Before = [428, 425, 414, 427, 440, 447, 380, 386, 444, 386];
    private static readonly long[] After = [426, 437, 429, 391, 469, 433, 360, 443, 371, 418];

    // Half a row more in each bin is nothing beside so many.
    private const long Many = 1_000_000_000_000;

    [Fact]
    public void Smoothed_ManyRows_GivesThePublishedValueOfRawShares() =>
        Assert.Equal(0.007406694184014186, PopulationStabilityIndex.OfCounts([.. Before.Select(count => count * Many)], [.. After.Select(count => count * Many)]), 12);

    [Fact]
    public void Smoothed_HalvesToSixtyFortyOfManyRows_GivesTheReferenceValue() =>
        Assert.Equal(.0405465, PopulationStabilityIndex.OfCounts([50 * Many, 50 * Many], [60 * Many, 40 * Many]), 7);

    [Fact]
    public void Smoothed_BinEmptyOnOneSide_GivesTheReferenceValue() =>
        Assert.Equal(.3217, PopulationStabilityIndex.OfCounts([50, 50, 0], [40, 50, 10]), 4);

    [Fact]
    public void Smoothed_BinEmptyOnBothSides_ChangesNothing() =>
        Assert.Equal(
            PopulationStabilityIndex.OfCounts([50, 50], [400, 600]),
            PopulationStabilityIndex.OfCounts([50, 0, 50], [400, 0, 600]));

    [Fact]
    public void Smoothed_SidesSwapped_IsTheSame() =>
        Assert.Equal(PopulationStabilityIndex.OfCounts(Before, After), PopulationStabilityIndex.OfCounts(After, Before), 15);

    [Fact]
    public void SignificanceFloor_TenBinsOfAHundredRows_IsTheChiSquaredQuantileScaled() =>
        Assert.Equal(21.665994 * 2 / 100, PopulationStabilityIndex.SignificanceFloor(10, 100, 100), 6);

    [Fact]
    public void SignificanceFloor_OfCounts_IgnoresBinsEmptyOnBothSides() =>
        Assert.Equal(
            PopulationStabilityIndex.SignificanceFloor(2, 100, 1000),
            PopulationStabilityIndex.SignificanceFloor([50, 0, 50], [400, 0, 600]));

    [Fact]
    public void SignificanceFloor_OneBin_IsZero() => Assert.Equal(0, PopulationStabilityIndex.SignificanceFloor(1, 5, 7));

    [Fact]
    public void OfCounts_DifferentBins_SaysSo()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => PopulationStabilityIndex.OfCounts([1, 2], [1, 2, 3]));
        Assert.Contains("expected has 2 bins and actual 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfCounts_NoRows_NamesTheSide()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => PopulationStabilityIndex.OfCounts([1, 2], [0, 0]));
        Assert.Contains("actual has no rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfCounts_NegativeCount_NamesTheBin()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => PopulationStabilityIndex.OfCounts([1, -2], [0, 5]));
        Assert.Contains("expected bin 1 holds -2 rows", error.Message, StringComparison.Ordinal);
    }
}
