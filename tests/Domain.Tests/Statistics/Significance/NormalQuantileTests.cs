using Lifecycle.Statistics.Significance;

namespace Lifecycle.Domain.Tests.Statistics.Significance;

public sealed class NormalQuantileTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.05, 1.6448536269514722)]
    [InlineData(0.025, 1.9599639845400545)]
    [InlineData(1e-5, 4.264890793922602)]
    [InlineData(0.95, -1.6448536269514722)]
    public void Above_ATail_IsTheTabledQuantile(double tail, double quantile) => Assert.Equal(quantile, NormalQuantile.Above(tail), 9);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Above_WhatIsNoTail_IsRefused(double tail) => Assert.Throws<ArgumentOutOfRangeException>(() => NormalQuantile.Above(tail));
}
