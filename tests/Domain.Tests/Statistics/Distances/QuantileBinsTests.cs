using Lifecycle.Statistics.Distances;

namespace Lifecycle.Domain.Tests.Statistics.Distances;

public sealed class QuantileBinsTests
{
    private static double[] OneTo(int last) => [.. Enumerable.Range(1, last).Select(value => (double)value)];

    [Fact]
    public void Of_HundredDistinctValues_CutsTenBinsOfTen()
    {
        QuantileBins bins = QuantileBins.Of(OneTo(100));

        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90], bins.Edges);
        Assert.Equal([10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0], bins.CountOf(OneTo(100)));
    }

    [Fact]
    public void Of_UnsortedBaselineWithNaN_LeavesNaNOut() =>
        Assert.Equal([2, 4, 6, 8], QuantileBins.Of([9, double.NaN, 3, 1, 2, 8, 7, 10, 4, 6, 5, double.NaN], 5).Edges);

    [Fact]
    public void IndexOf_ValueAtAnEdge_IsInTheBinBelow()
    {
        QuantileBins bins = new([1, 2]);

        Assert.Equal([0, 0, 1, 2, 2], new[] { double.NegativeInfinity, 1, 2, 2.5, double.PositiveInfinity }.Select(bins.IndexOf));
    }

    [Fact]
    public void IndexOf_NaN_HasItsOwnBin() => Assert.Equal(3, new QuantileBins([1, 2]).IndexOf(double.NaN));

    [Fact]
    public void Of_ConstantBaseline_SeesSmallerAndLargerValues()
    {
        QuantileBins bins = QuantileBins.Of([7, 7, 7, 7]);

        Assert.Equal([1, 2, 1, 0], bins.CountOf([6.9, 7, 7, 7.1]));
    }

    [Fact]
    public void Of_AtomAtZero_TellsZeroFromItsNeighbours()
    {
        QuantileBins bins = QuantileBins.Of([-3, -2, 0, 0, 0, 0, 0, 1, 2, 3]);

        Assert.Equal([-3, -2, Math.BitDecrement(0.0), 0, 1, 2], bins.Edges);
        Assert.Equal(1, bins.IndexOf(-2.5));
        Assert.Equal(2, bins.IndexOf(-0.1));
        Assert.Equal(3, bins.IndexOf(0));
        Assert.Equal(4, bins.IndexOf(0.1));
    }

    [Fact]
    public void Of_OnlyNaN_HasOneBinAndTheOneForNaN() => Assert.Equal(2, QuantileBins.Of([double.NaN]).Count);

    [Fact]
    public void Of_InfiniteBaseline_CutsTheFiniteValues() =>
        Assert.Equal([Math.BitDecrement(1.0), 1], QuantileBins.Of([double.NegativeInfinity, 1, double.PositiveInfinity], 3).Edges);

    [Fact]
    public void CountFinite_SortedSample_CountsWhatCountOfCounts()
    {
        double[] values = [0, 1, 1, 2.5, 7, 7, 9, double.NaN, double.PositiveInfinity];
        QuantileBins bins = new([1, 2, 7]);

        Assert.Equal([3, 0, 3, 1], bins.CountFinite(EmpiricalDistribution.Of(values)));
        Assert.Equal([3, 0, 3, 2, 1], bins.CountOf(values));
    }

    [Fact]
    public void FromQuantiles_Decreasing_SaysWhichOne()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => QuantileBins.FromQuantiles([1, 3, 2]));
        Assert.Contains("quantile 2 is 2", error.Message, StringComparison.Ordinal);
    }
}
