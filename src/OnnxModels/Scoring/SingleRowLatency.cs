using System.Diagnostics;
using Lifecycle.Domain.Evaluation;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>Measures how long one prediction takes, from text to probability, one row at a time on one thread.</summary>
public static class SingleRowLatency
{
    /// <summary>Scores every input once unmeasured, to warm up, and once measured.</summary>
    /// <exception cref="ArgumentException">There are no inputs.</exception>
    public static LatencyReport Measure(OnnxScorer scorer, IReadOnlyList<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count == 0)
        {
            throw new ArgumentException("Latency is measured over at least one input; found none.", nameof(inputs));
        }

        foreach (string input in inputs)
        {
            scorer.Score(input);
        }

        double[] microseconds = new double[inputs.Count];
        for (int i = 0; i < microseconds.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            scorer.Score(inputs[i]);
            microseconds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(microseconds);
        return new LatencyReport(inputs.Count, Quantile(microseconds, 0.5), Quantile(microseconds, 0.99));
    }

    // The smallest value that at least this share of the measurements does not exceed.
    private static double Quantile(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
