using FsCheck;
using FsCheck.Fluent;
using Lifecycle.Statistics.Regression;

namespace Lifecycle.Domain.Tests.Statistics.Regression;

public sealed class IsotonicRegressionTests
{
    [Fact]
    public void Fit_NeighboursOutOfOrder_TakesTheirWeightedMean()
    {
        double[] values = [1, 3, 2, 4];

        IsotonicRegression.Fit(values, [1, 1, 3, 1]);

        Assert.Equal([1, 2.25, 2.25, 4], values);
    }

    [Fact]
    public void Fit_FallingThroughout_IsTheMean()
    {
        double[] values = [5, 4, 3, 2, 1];

        IsotonicRegression.Fit(values, [1, 1, 1, 1, 1]);

        Assert.Equal([3, 3, 3, 3, 3], values);
    }

    [Fact]
    public void Fit_AnyValues_NeverFallsKeepsTheMeanAndFitsItself() => Prop.ForAll(
        Gen.Choose(-50, 50).ArrayOf().ToArbitrary(),
        drawn =>
        {
            double[] values = [.. drawn.Select(value => (double)value)];
            double[] weights = [.. drawn.Select((_, i) => 1.0 + (i % 3))];
            double[] fitted = [.. values];
            IsotonicRegression.Fit(fitted, weights);
            double[] again = [.. fitted];
            IsotonicRegression.Fit(again, weights);
            return fitted.Zip(fitted.Skip(1)).All(pair => pair.First <= pair.Second)
                && Math.Abs(values.Zip(weights).Sum(pair => pair.First * pair.Second) - fitted.Zip(weights).Sum(pair => pair.First * pair.Second)) < 1e-9
                && fitted.Zip(again).All(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Fit_OneWeightTooFew_IsRefused() =>
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit(new double[] { 1, 2 }, [1]));
}
