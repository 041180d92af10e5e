using Lifecycle.Domain.Drift;
using Lifecycle.Evaluation.Drift;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Models.Tests.Evaluation.Drift;

public sealed class SeparationTestTests
{
    [Theory]
    [InlineData(0, 600, DriftLevel.None)]
    [InlineData(0.12, 600, DriftLevel.Warn)]
    [InlineData(0.3, 600, DriftLevel.Act)]
    [InlineData(0.3, 499, DriftLevel.Inconclusive)]
    public void Judge_ShiftOfScores_LeadsToItsLevel(double shift, int rows, DriftLevel level)
    {
        DomainSeparation found = SeparationTest.Judge(Scores(rows, seed: 1, 0), Scores(rows, seed: 2, shift), Traffic.Policy);

        Assert.Equal(level, found.Level);
        Assert.Equal(2 * rows, found.RowCount);
    }

    [Fact]
    public void Judge_LargeAreaByChance_IsNoAlarm()
    {
        DriftPolicy anyRows = new() { MinimumRows = 5 };
        DomainSeparation found = SeparationTest.Judge([0.1, 0.5, 0.6, 0.3, 0.2], [0.4, 0.25, 0.7, 0.8, 0.35], anyRows);

        Assert.True(found.AreaUnderCurve > anyRows.SeparationActAt);
        Assert.True(found.PValue > SeparationTest.SignificanceLevel);
        Assert.Equal(DriftLevel.None, found.Level);
    }

    private static double[] Scores(int rows, int seed, double shift)
    {
        SplitMix64 draws = new((ulong)seed);
        return [.. Enumerable.Range(0, rows).Select(row => draws.UniformAt((ulong)row) + shift)];
    }
}
