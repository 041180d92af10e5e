using MathNet.Numerics.Distributions;

namespace Lifecycle.Statistics.Significance;

/// <summary>Quantiles of Student's t distribution, for bounds of means of few observations.</summary>
public static class StudentQuantile
{
    /// <summary>The value that Student's t exceeds with this probability; 2.9200 for 0.05 and 2 degrees of freedom.</summary>
    /// <param name="tail">In (0, 1).</param>
    /// <param name="degreesOfFreedom">1 or more.</param>
    public static double Above(double tail, long degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        return tail is > 0 and < 1
            ? -StudentT.InvCDF(0, 1, degreesOfFreedom, tail)
            : throw new ArgumentOutOfRangeException(nameof(tail), tail, "A probability in (0, 1) is expected.");
    }
}
