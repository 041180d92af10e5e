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

        return Area(first.Values, first.Steps, first.Skipped, second.Values, second.Steps, second.Skipped, scale);
    }

    /// <summary>The distance of two weighted samples; only the proportions of the weights matter.</summary>
    /// <param name="first">Values in increasing order.</param>
    /// <param name="firstWeights">Their weights, none negative, some above zero.</param>
    /// <param name="second">Values of the other sample in increasing order.</param>
    /// <param name="secondWeights">Their weights.</param>
    /// <exception cref="ArgumentException">Lengths differ, values are not in order, or weights do not add up to more than zero.</exception>
    public static double OfWeighted(
        ReadOnlySpan<double> first, ReadOnlySpan<double> firstWeights, ReadOnlySpan<double> second, ReadOnlySpan<double> secondWeights) =>
        Area<double>(first, Cumulated(first, firstWeights), 0, second, Cumulated(second, secondWeights), 0, scale: null);

    /// <summary>sign(x) · ln(1 + |x|): log1p of what is positive, continued to what is not.</summary>
    public static double SignedLogarithm(double value) => Math.CopySign(double.LogP1(Math.Abs(value)), value);

    private static double Area<T>(
        ReadOnlySpan<double> first, ReadOnlySpan<T> firstBelow, double firstSkipped,
        ReadOnlySpan<double> second, ReadOnlySpan<T> secondBelow, double secondSkipped, Func<double, double>? scale)
        where T : struct, System.Numerics.INumberBase<T>
    {
        double firstTotal = double.CreateChecked(firstBelow[^1]) - firstSkipped;
        double secondTotal = double.CreateChecked(secondBelow[^1]) - secondSkipped;
        double area = 0;
        double gap = 0;
        double before = 0;
        int i = 0;
        int j = 0;
        while (i < first.Length || j < second.Length)
        {
            double value = j == second.Length || (i < first.Length && first[i] <= second[j]) ? first[i] : second[j];
            double place = scale is null ? value : scale(value);
            area += gap == 0 ? 0 : gap * (place - before);
            before = place;
            i += i < first.Length && first[i] == value ? 1 : 0;
            j += j < second.Length && second[j] == value ? 1 : 0;
            double below = i == 0 ? 0 : (double.CreateTruncating(firstBelow[i - 1]) - firstSkipped) / firstTotal;
            gap = Math.Abs(below - (j == 0 ? 0 : (double.CreateTruncating(secondBelow[j - 1]) - secondSkipped) / secondTotal));
        }

        return area;
    }

    private static double[] Cumulated(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        if (values.Length != weights.Length)
        {
            throw new ArgumentException($"there are {values.Length} values and {weights.Length} weights; each value needs one", nameof(weights));
        }

        double[] cumulated = new double[values.Length];
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || (i > 0 && values[i] < values[i - 1]) || !(weights[i] >= 0))
            {
                throw new ArgumentException($"value {i} is {values[i]} with weight {weights[i]}; expected finite values in increasing order and weights of zero or more", nameof(values));
            }

            cumulated[i] = sum += weights[i];
        }

        return sum > 0 && double.IsFinite(sum) ? cumulated : throw new ArgumentException($"the weights add up to {sum}; expected more than zero", nameof(weights));
    }

    private static EmpiricalDistribution Checked(EmpiricalDistribution sample, string side) => sample.FiniteCount > 0 && sample.FiniteCount == sample.Count
        ? sample
        : throw new ArgumentException($"the {side} sample is empty or holds NaN or an infinity; count those apart", side);
}
