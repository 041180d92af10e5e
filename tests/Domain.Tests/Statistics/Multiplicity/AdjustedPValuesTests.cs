using Lifecycle.Statistics.Multiplicity;

namespace Lifecycle.Domain.Tests.Statistics.Multiplicity;

public sealed class AdjustedPValuesTests
{
    // The example of Benjamini and Hochberg 1995.
    private static readonly double[] Published =
        [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .324, .4262, .5719, .6528, .759, 1];

    [Fact]
    public void BenjaminiHochberg_PublishedExample_RejectsFour()
    {
        IReadOnlyList<double> adjusted = AdjustedPValues.BenjaminiHochberg(Published);

        Assert.Equal(4, adjusted.Count(p => p <= .05));
        Assert.Equal(.035625, adjusted[3], 12);
        Assert.Equal(.0603, adjusted[4], 12);
    }

    [Fact]
    public void Holm_ThreeTests_StepsDown() => Assert.Equal([.03, .04, .04], AdjustedPValues.Holm([.01, .02, .04]), (a, b) => Math.Abs(a - b) < 1e-12);

    [Fact]
    public void Adjusted_AnyOrder_ComesBackInTheOrderGiven() =>
        Assert.Equal(AdjustedPValues.BenjaminiHochberg(Published).Reverse(), AdjustedPValues.BenjaminiHochberg([.. Published.Reverse()]));

    [Fact]
    public void Adjusted_NaN_IsRefused() => Assert.Throws<ArgumentException>(() => AdjustedPValues.Holm([.1, double.NaN]));
}
