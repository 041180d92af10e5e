using Lifecycle.Statistics.Significance;

namespace Lifecycle.Domain.Tests.Statistics.Significance;

public sealed class StudentQuantileTests
{
    [Theory]
    [InlineData(0.05, 2, 2.919986)]
    [InlineData(0.025, 10, 2.228139)]
    [InlineData(0.005, 1, 63.656741)]
    public void Above_ATail_IsTheTabledQuantile(double tail, long degreesOfFreedom, double quantile) =>
        Assert.Equal(quantile, StudentQuantile.Above(tail, degreesOfFreedom), 5);

    [Fact]
    public void Above_ThirtyClustersFarInTheTail_Converges() => Assert.InRange(StudentQuantile.Above(1e-9, 29), 8, 9);

    [Fact]
    public void Above_WithManyDegreesOfFreedom_IsTheNormalQuantile() =>
        Assert.Equal(NormalQuantile.Above(1e-5), StudentQuantile.Above(1e-5, 10_000_000), 4);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 5)]
    [InlineData(0.05, 0)]
    public void Above_WhatCannotBe_IsRefused(double tail, long degreesOfFreedom) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentQuantile.Above(tail, degreesOfFreedom));
}
