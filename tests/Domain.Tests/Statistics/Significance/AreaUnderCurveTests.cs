using Lifecycle.Statistics.Significance;

namespace Lifecycle.Domain.Tests.Statistics.Significance;

public sealed class AreaUnderCurveTests
{
    private static readonly bool[] Alternating = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 1)];

    [Fact]
    public void AreaOf_SecondGroupHigher_IsOne() => Assert.Equal(1, AreaUnderCurveTest.AreaOf([1, 2, 3, 4], [false, false, true, true]));

    [Fact]
    public void AreaOf_TiedScores_CountHalf() => Assert.Equal(.75, AreaUnderCurveTest.AreaOf([1, 2, 2, 2], [false, false, true, true]), 12);

    [Fact]
    public void Of_GroupsThatScoreAlike_IsNotSignificant()
    {
        Random random = new(3);
        SignificanceTest result = AreaUnderCurveTest.Of([.. Alternating.Select(_ => random.NextDouble())], Alternating, permutations: 999, seed: 1);

        Assert.InRange(result.Statistic, .4, .6);
        Assert.InRange(result.PValue, .02, 1);
    }

    [Fact]
    public void Of_GroupsApart_HasTheSmallestPValueThereIs() => Assert.Equal(
        new SignificanceTest(1, 1.0 / 1000), AreaUnderCurveTest.Of([.. Alternating.Select(second => second ? 1.0 : 0)], Alternating, permutations: 999, seed: 1));

    [Fact]
    public void Of_SmallGroups_IsNearTheExactShareOfGroupings()
    {
        // 3 of 6 rows: of the 20 groupings one reaches an area of 1, and two an area of 8/9 or more.
        SignificanceTest result = AreaUnderCurveTest.Of([1, 2, 4, 3, 5, 6], [false, false, false, true, true, true], permutations: 20_000, seed: 5);

        Assert.Equal(8.0 / 9, result.Statistic, 12);
        Assert.Equal(.1, result.PValue, .01);
    }

    [Fact]
    public void PValue_NoneReached_IsNeverZero() => Assert.Equal(.005, AreaUnderCurveTest.PValue(0, 199), 12);

    [Fact]
    public void AreaOf_OneGroupOnly_IsRefused() => Assert.Throws<ArgumentException>(() => AreaUnderCurveTest.AreaOf([1, 2], [true, true]));
}
