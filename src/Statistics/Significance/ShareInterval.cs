using MathNet.Numerics.Distributions;

namespace Lifecycle.Statistics.Significance;

/// <summary>
/// The exact interval of a share (Clopper and Pearson 1934). It holds at every level and however rare the event is, where intervals
/// that lean on the normal distribution promise in their tails what they do not keep: of one event expected in a thousand rows,
/// Wilson's at 99.9% misses more than three times as often as it says.
/// </summary>
public static class ShareInterval
{
    /// <summary>The shares among which this one is no wonder.</summary>
    /// <param name="share">The share that was seen, from 0 to 1.</param>
    /// <param name="count">Of how many independent observations; need not be whole.</param>
    /// <param name="tail">Probability that may lie on either side, such as 0.025.</param>
    public static (double Lower, double Upper) Of(double share, double count, double tail)
    {
        double seen = Math.Clamp(share, 0, 1) * count;
        double others = count - seen;
        return (seen > 0 ? Beta.InvCDF(seen, others + 1, tail) : 0, others > 0 ? Beta.InvCDF(seen + 1, others, 1 - tail) : 1);
    }
}
