namespace Lifecycle.Statistics.Significance;

/// <summary>
/// Mixture sequential probability ratio test (mSPRT) of a mean against zero: its p-value may be looked at after every
/// observation and acted on at any time (Robbins 1970; Johari, Pekelis and Walsh 2015).
/// </summary>
/// <param name="Variance">Variance σ² of an observation.</param>
/// <param name="MixingVariance">Variance τ² of the effects looked for: about the square of the effect that matters.</param>
public sealed record SequentialTest(double Variance, double MixingVariance)
{
    /// <summary>Λ = √(σ²/(σ²+nτ²)) · exp(n²τ²x̄² / (2σ²(σ²+nτ²))) after <paramref name="count"/> observations.</summary>
    public double LikelihoodRatio(int count, double mean)
    {
        double spread = Variance + (count * MixingVariance);
        double exponent = (double)count * count * MixingVariance * mean * mean / (2 * Variance * spread);
        return Math.Sqrt(Variance / spread) * Math.Exp(exponent);
    }

    /// <summary>The p-value after looking at each of these ratios: one by the largest, at most one.</summary>
    public static double PValue(ReadOnlySpan<double> ratios)
    {
        double largest = 1;
        foreach (double ratio in ratios)
        {
            largest = Math.Max(largest, ratio);
        }

        return 1 / largest;
    }
}
