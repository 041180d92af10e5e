using Lifecycle.Statistics.Resampling;

namespace Lifecycle.DriftYear;

/// <summary>A stream of random numbers, the same on every machine.</summary>
internal sealed class Draws(SplitMix64 source)
{
    private ulong next;

    public double Uniform() => source.UniformAt(next++);

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());
}
