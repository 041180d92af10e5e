using Lifecycle.Evaluation.Drift;

namespace Lifecycle.Models.Tests.Evaluation.Drift;

public sealed class ImportanceWeightsTests
{
    [Fact]
    public void Of_SidesOfDifferentSize_CorrectsTheOddsForThem()
    {
        // Window half as large: where nothing drifted every score is 1/3, and every weight 1.
        ImportanceWeights weights = ImportanceWeights.Of([4, 7], [1 / 3.0, 1 / 3.0], [1 / 3.0]);

        Assert.All(weights.Rows, row => Assert.Equal(1, row.Weight, 12));
        Assert.Equal([4, 7], weights.Rows.Select(row => row.Row));
        Assert.Equal(2, weights.EffectiveRowCount, 12);
        Assert.Null(weights.Inconclusive);
    }

    [Fact]
    public void Of_OneHugeWeight_IsClippedAtTheNinetyNinthPercentile()
    {
        double[] scores = [.. Enumerable.Repeat(0.5, 199), 0.999];
        ImportanceWeights weights = ImportanceWeights.Of([.. Enumerable.Range(0, 200)], scores, [.. Enumerable.Repeat(0.5, 200)]);

        Assert.Equal(1, weights.ClippedAt, 12);
        Assert.Equal(200, weights.EffectiveRowCount, 9);
    }

    [Fact]
    public void Of_FewRowsCarryAllWeight_IsInconclusive()
    {
        double[] scores = [.. Enumerable.Repeat(0.01, 960), .. Enumerable.Repeat(0.95, 40)];
        ImportanceWeights weights = ImportanceWeights.Of([.. Enumerable.Range(0, 1000)], scores, [.. Enumerable.Repeat(0.95, 1000)]);

        Assert.InRange(weights.EffectiveRowCount, 40, 45);
        Assert.Contains("effective of 1,000 rows", weights.Inconclusive, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_WindowWhereTheBaselineHasNoRow_CountsItsMassOffSupport()
    {
        double[] baseline = [.. Enumerable.Range(0, 1000).Select(row => 0.3 + (row * 0.0004))];
        double[] window = [.. Enumerable.Repeat(0.5, 900), .. Enumerable.Repeat(0.99, 100)];
        ImportanceWeights weights = ImportanceWeights.Of([.. Enumerable.Range(0, 1000)], baseline, window);

        Assert.Equal(0.1, weights.OffSupportShare, 12);
        Assert.Contains("10.0% of the window lies where the baseline has next to no rows", weights.Inconclusive, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Of_ScoreWithoutOdds_IsRefused(double score) =>
        Assert.Throws<ArgumentException>(() => ImportanceWeights.Of([0], [score], [0.5]));
}
