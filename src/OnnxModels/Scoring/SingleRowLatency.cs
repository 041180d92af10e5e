using System.Diagnostics;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Rows;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>Measures how long one prediction takes, from raw columns to the answer, one row at a time on one thread.</summary>
public static class SingleRowLatency
{
    /// <summary>Scores every row once unmeasured, to warm up, and once measured.</summary>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static LatencyReport Measure(OnnxScorer scorer, InputRows rows)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        ArgumentNullException.ThrowIfNull(rows);
        InputRows[] single = [.. Enumerable.Range(0, rows.Count).Select(row => rows.Slice(row..(row + 1)))];
        return Measure(single.Length, row => scorer.Score(single[row]));
    }

    private static LatencyReport Measure(int rows, Action<int> score)
    {
        if (rows == 0)
        {
            throw new ArgumentException("Latency is measured over at least one row; found none.", nameof(rows));
        }

        for (int row = 0; row < rows; row++)
        {
            score(row);
        }

        double[] microseconds = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            long start = Stopwatch.GetTimestamp();
            score(row);
            microseconds[row] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(microseconds);
        return new LatencyReport(rows, Quantile(microseconds, 0.5), Quantile(microseconds, 0.99));
    }

    // The smallest value that at least this share of the measurements does not exceed.
    private static double Quantile(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
