namespace Lifecycle.Statistics.Distances;

/// <summary>
/// Wasserstein-1 distance of two samples: the least mean distance that values must be moved to turn one into the other,
/// in units of the values. It is the area between the two empirical distribution functions (Vallender 1974).
/// </summary>
public static class WassersteinDistance
{
    /// <summary>The distance.</summary>
    /// <exception cref="ArgumentException">A sample is empty, or holds NaN or an infinity.</exception>
    public static double Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Samples samples = new(first, second);
        double area = 0;
        (double Value, double Gap)? before = null;
        foreach ((double value, int i, int j) in samples.Steps())
        {
            area += before is { } step ? (value - step.Value) * step.Gap : 0;
            before = (value, Math.Abs(((double)i / samples.Sizes.First) - ((double)j / samples.Sizes.Second)));
        }

        return area;
    }
}
