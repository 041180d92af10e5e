using Lifecycle.Statistics.Significance;

namespace Lifecycle.Domain.Tests.Statistics.Significance;

public sealed class SequentialTests
{
    [Fact]
    public void LikelihoodRatio_HundredObservations_GivesTheReferenceValue() =>
        Assert.Equal(6.70884235, new SequentialTest(Variance: 1, MixingVariance: 0.01).LikelihoodRatio(100, 0.3), 8);

    [Fact]
    public void PValue_OfManyLooks_IsThatOfTheMostExtreme()
    {
        Assert.Equal(1 / 6.70884235, SequentialTest.PValue([0.4, 6.70884235, 2]), 12);
        Assert.Equal(1, SequentialTest.PValue([0.4, 0.9]));
    }
}
