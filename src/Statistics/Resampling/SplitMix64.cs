namespace Lifecycle.Statistics.Resampling;

/// <summary>
/// A stream of pseudo-random 64-bit numbers that is the same on every machine and every version of .NET, which
/// <see cref="Random"/> does not promise. Any position is reached at once, and streams split into independent streams.
/// Not for secrets.
/// </summary>
/// <remarks>
/// SplitMix64: Steele, Lea and Flood, <i>Fast splittable pseudorandom number generators</i>, OOPSLA 2014, with the
/// constants of Vigna's public-domain <c>splitmix64.c</c>. Draw <c>i</c> is <c>mix(seed + (i + 1) · γ)</c>.
/// </remarks>
/// <param name="Seed">Where the stream starts.</param>
public readonly record struct SplitMix64(ulong Seed)
{
    private const ulong Gamma = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Draw number <paramref name="index"/>, counted from zero; uniform over all 64-bit numbers.</summary>
    public ulong At(ulong index) => Mix(Seed + ((index + 1) * Gamma));

    /// <summary>The stream whose seed is draw number <paramref name="index"/> of this one.</summary>
    public SplitMix64 Split(ulong index) => new(At(index));

    /// <summary>Draw number <paramref name="index"/> as a number in [0, 1), from its upper 53 bits.</summary>
    public double UniformAt(ulong index) => (At(index) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
