namespace Lifecycle.Statistics.Distances;

/// <summary>
/// Wasserstein-1 distance of two samples: the least mean distance that values must be moved to turn one into the other,
/// in units of the values. It is the area between the two empirical distribution functions (Vallender 1974).
/// </summary>
public static class WassersteinDistance
{
    /// <summary>The distance of two samples in any order.</summary>
    /// <exception cref="ArgumentException">A sample is empty, or holds NaN or an infinity.</exception>
    public static double Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        OfFinite(Checked(EmpiricalDistribution.Of(first), nameof(first)), Checked(EmpiricalDistribution.Of(second), nameof(second)));

    /// <summary>The distance of the finite values of two samples; infinities and NaN have no distance and are left out.</summary>
    /// <param name="first">One sample.</param>
    /// <param name="second">The other.</param>
    /// <param name="scale">Increasing function that is applied to every value first, such as <see cref="SignedLogarithm"/>; null leaves them.</param>
    /// <exception cref="ArgumentException">A sample has no finite value.</exception>
    public static double OfFinite(EmpiricalDistribution first, EmpiricalDistribution second, Func<double, double>? scale = null)
    {
        if (first.FiniteCount == 0 || second.FiniteCount == 0)
        {
            throw new ArgumentException($"the samples have {first.FiniteCount} and {second.FiniteCount} finite values; a distance needs at least one of each");
        }

        return Area(first, second, scale);
    }

    /// <summary>sign(x) · ln(1 + |x|): log1p of what is positive, continued to what is not.</summary>
    public static double SignedLogarithm(double value) => Math.CopySign(double.LogP1(Math.Abs(value)), value);

    private static double Area(EmpiricalDistribution first, EmpiricalDistribution second, Func<double, double>? scale)
    {
        double area = 0;
        double gap = 0;
        double before = 0;
        int i = 0;
        int j = 0;
        while (i < first.Values.Length || j < second.Values.Length)
        {
            double value = j == second.Values.Length || (i < first.Values.Length && first.Values[i] <= second.Values[j]) ? first.Values[i] : second.Values[j];
            double place = scale is null ? value : scale(value);
            area += gap == 0 ? 0 : gap * (place - before);
            before = place;
            i += i < first.Values.Length && first.Values[i] == value ? 1 : 0;
            j += j < second.Values.Length && second.Values[j] == value ? 1 : 0;
            gap = Math.Abs(ShareBefore(first, i) - ShareBefore(second, j));
        }

        return area;
    }

    // Share of the finite values that stand before the value of a number.
    private static double ShareBefore(EmpiricalDistribution sample, int number) =>
        number == 0 ? 0 : (double)(sample.Steps[number - 1] - sample.Skipped) / sample.FiniteCount;

    private static EmpiricalDistribution Checked(EmpiricalDistribution sample, string side) => sample.FiniteCount > 0 && sample.FiniteCount == sample.Count
        ? sample
        : throw new ArgumentException($"the {side} sample is empty or holds NaN or an infinity; count those apart", side);
}
