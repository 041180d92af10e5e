using MathNet.Numerics.Distributions;

namespace Lifecycle.Statistics.Significance;

/// <summary>Quantiles of the standard normal distribution, for bounds of estimates that are about normal.</summary>
public static class NormalQuantile
{
    /// <summary>The value that a standard normal variable exceeds with this probability; 1.6449 for 0.05.</summary>
    /// <param name="tail">In (0, 1).</param>
    public static double Above(double tail) => tail is > 0 and < 1
        ? -Normal.InvCDF(0, 1, tail)
        : throw new ArgumentOutOfRangeException(nameof(tail), tail, "A probability in (0, 1) is expected.");
}
