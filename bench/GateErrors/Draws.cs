using Lifecycle.Statistics.Resampling;

namespace Lifecycle.GateErrors;

/// <summary>Draws one after the other from a stream that is the same on every machine.</summary>
internal sealed class Draws(SplitMix64 stream)
{
    private ulong next;

    public double Uniform() => stream.UniformAt(next++);

    public double Exponential() => -Math.Log(1 - Uniform());

    public double Normal() => Math.Sqrt(2 * Exponential()) * Math.Cos(2 * Math.PI * Uniform());
}
