using Lifecycle.Statistics.Significance;

namespace Lifecycle.Domain.Tests.Statistics.Significance;

public sealed class SignFlipTests
{
    // Darwin's maize, Fisher's own example.
    private static readonly double[] Maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

    [Fact]
    public void Exact_Maize_GivesFishersCount() => Assert.Equal(new SignificanceTest(314, 1726.0 / 32768), SignFlipTest.Exact(Maize));

    [Fact]
    public void Sampled_Maize_ComesNearTheExactValue() =>
        Assert.Equal(1726.0 / 32768, SignFlipTest.Sampled(Maize, 20_000, seed: 1).PValue, 0.006);

    [Fact]
    public void Sampled_ManyDifferencesOfOneSign_IsNeverZero() =>
        Assert.Equal(1.0 / 1000, SignFlipTest.Sampled([.. Enumerable.Repeat(1.0, 200)], 999, seed: 1).PValue, 12);

    [Fact]
    public void Sampled_MoreThanOneWordOfSigns_FlipsAll()
    {
        double[] alternating = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 1.0 : -1.0)];

        Assert.Equal(1, SignFlipTest.Sampled(alternating, 500, seed: 1).PValue);
    }

    [Fact]
    public void Exact_TooMany_PointsToSampled() => Assert.Contains(
        "use Sampled", Assert.Throws<ArgumentException>(() => SignFlipTest.Exact(new double[21])).Message, StringComparison.Ordinal);

    [Fact]
    public void SequentialTest_HundredObservations_GivesTheReferenceValue() =>
        Assert.Equal(6.70884235, new SequentialTest(Variance: 1, MixingVariance: .01).LikelihoodRatio(100, .3), 8);

    [Fact]
    public void SequentialTest_PValue_KeepsTheStrongestLook() => Assert.Equal(.1, SequentialTest.PValue([.5, 10, 2]), 12);
}
