using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Statistics.Significance;

/// <summary>
/// Paired permutation test (Fisher 1935): if two treatments are alike, each difference could as well have had the other sign.
/// Two-sided: the share of sign patterns whose sum is at least as far from zero as the sum observed.
/// </summary>
public static class SignFlipTest
{
    /// <summary>Most differences for which all sign patterns are tried: about a million.</summary>
    public const int LargestExactCount = 20;

    /// <summary>The sum and its exact p-value.</summary>
    /// <exception cref="ArgumentException">There are no differences, more than <see cref="LargestExactCount"/>, or one is not finite.</exception>
    public static SignificanceTest Exact(ReadOnlySpan<double> differences)
    {
        double observed = CheckedSum(differences);
        if (differences.Length > LargestExactCount)
        {
            throw new ArgumentException($"{differences.Length} differences have too many sign patterns; use Sampled beyond {LargestExactCount}", nameof(differences));
        }

        long extreme = 0;
        long patterns = 1L << differences.Length;
        for (long pattern = 0; pattern < patterns; pattern++)
        {
            extreme += IsExtreme(Sum(differences, (ulong)pattern), observed) ? 1 : 0;
        }

        return new SignificanceTest(observed, (double)extreme / patterns);
    }

    /// <summary>The sum and its p-value from random sign patterns, <c>(k + 1) / (samples + 1)</c>, never zero (Phipson and Smyth 2010).</summary>
    /// <param name="differences">The differences, at least one.</param>
    /// <param name="samples">Number of random patterns.</param>
    /// <param name="seed">Seed of the patterns.</param>
    public static SignificanceTest Sampled(ReadOnlySpan<double> differences, int samples, int seed)
    {
        double observed = CheckedSum(differences);
        SplitMix64 root = new((ulong)seed);
        int extreme = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            SplitMix64 signs = root.Split((ulong)sample);
            double sum = 0;
            for (int start = 0; start < differences.Length; start += 64)
            {
                sum += Sum(differences.Slice(start, Math.Min(64, differences.Length - start)), signs.At((ulong)start / 64));
            }

            extreme += IsExtreme(sum, observed) ? 1 : 0;
        }

        return new SignificanceTest(observed, (extreme + 1.0) / (samples + 1));
    }

    private static bool IsExtreme(double sum, double observed) =>
        Math.Abs(sum) >= Math.Abs(observed) * (1 - 1e-12);

    private static double Sum(ReadOnlySpan<double> differences, ulong signs)
    {
        double sum = 0;
        for (int i = 0; i < differences.Length; i++)
        {
            sum += ((signs >> i) & 1) == 0 ? differences[i] : -differences[i];
        }

        return sum;
    }

    private static double CheckedSum(ReadOnlySpan<double> differences)
    {
        double sum = 0;
        foreach (double difference in differences)
        {
            sum += difference;
        }

        return differences.Length > 0 && double.IsFinite(sum)
            ? sum
            : throw new ArgumentException("there are no differences, or one is NaN or infinite", nameof(differences));
    }
}
