using Lifecycle.Serving.Logging;

namespace Lifecycle.Serving.Tests.Logging;

public sealed class RequestSampleTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 100_000).Select(i => $"request-{i}")];

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Sample_OfManyRequests_TakesTheRate(double rate)
    {
        double expected = Ids.Length * rate;
        int taken = Ids.Count(id => RequestSample.Includes(id, rate));
        Assert.InRange(taken, expected - (5 * Math.Sqrt(expected)), expected + (5 * Math.Sqrt(expected)));
    }

    [Fact]
    public void Sample_OfALowerRate_IsPartOfAHigherOne() =>
        Assert.Subset(Ids.Where(id => RequestSample.Includes(id, 0.3)).ToHashSet(), Ids.Where(id => RequestSample.Includes(id, 0.1)).ToHashSet());

    [Fact]
    public void Sample_AtTheEnds_TakesNoneOrAll()
    {
        Assert.DoesNotContain(Ids, id => RequestSample.Includes(id, 0));
        Assert.All(Ids, id => Assert.True(RequestSample.Includes(id, 1)));
    }
}
