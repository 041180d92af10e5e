using System.Collections.Immutable;

namespace Lifecycle.Statistics.Distances;

/// <summary>
/// Bins cut at the quantiles of a baseline, for histograms that are compared later. Bin <c>i</c> holds
/// <c>edge[i−1] &lt; x ≤ edge[i]</c>; the first and the last are open to the infinities; NaN has a bin of its own behind them.
/// </summary>
/// <remarks>
/// Quantiles are values of the baseline (inverse of the empirical distribution, type 1 of Hyndman and Fan 1996; DuckDB's
/// <c>quantile_disc</c>), never interpolated. A value that several quantiles share is an atom: it keeps two edges, just
/// below it and at it, so that a change on either side of the atom still shows.
/// </remarks>
/// <param name="Edges">Finite inner edges, strictly increasing.</param>
public sealed record QuantileBins(ImmutableArray<double> Edges)
{
    /// <summary>Bins that a baseline is cut into unless told otherwise.</summary>
    public const int DefaultBins = 10;

    /// <summary>Number of bins, with the one for NaN.</summary>
    public int Count => Edges.Length + 2;

    /// <summary>Cuts a baseline into bins of about equal row counts. NaN and infinities are left out; without any number there is one bin.</summary>
    /// <param name="baseline">The values, in any order; left as they are.</param>
    /// <param name="bins">Number of bins aimed at.</param>
    public static QuantileBins Of(ReadOnlySpan<double> baseline, int bins = DefaultBins) => Of(EmpiricalDistribution.Of(baseline), bins);

    /// <summary>The same of a baseline that is sorted already.</summary>
    public static QuantileBins Of(EmpiricalDistribution baseline, int bins = DefaultBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        if (baseline.FiniteCount == 0)
        {
            return new QuantileBins([]);
        }

        double[] quantiles = new double[bins - 1];
        for (int i = 0; i < quantiles.Length; i++)
        {
            quantiles[i] = baseline.AtRank((int)(((((long)i + 1) * baseline.FiniteCount) + bins - 1) / bins));
        }

        return FromQuantiles(quantiles);
    }

    /// <summary>The bins between quantiles computed elsewhere, such as <c>quantile_disc(x, [0.1, …, 0.9])</c>.</summary>
    /// <param name="quantiles">In increasing order; repeated where the baseline has an atom.</param>
    /// <exception cref="ArgumentException">A quantile is NaN, or smaller than the one before.</exception>
    public static QuantileBins FromQuantiles(ReadOnlySpan<double> quantiles)
    {
        ImmutableArray<double>.Builder edges = ImmutableArray.CreateBuilder<double>();
        for (int i = 0; i < quantiles.Length; i++)
        {
            if (double.IsNaN(quantiles[i]) || (i > 0 && quantiles[i] < quantiles[i - 1]))
            {
                throw new ArgumentException($"quantile {i} is {quantiles[i]}; quantiles are numbers in increasing order", nameof(quantiles));
            }

            bool isAtom = i > 0 && quantiles[i] == quantiles[i - 1];
            Add(edges, quantiles[i], isAtom);
        }

        return new QuantileBins(edges.ToImmutable());
    }

    /// <summary>The bin of a value; NaN is in the last.</summary>
    public int IndexOf(double value)
    {
        if (double.IsNaN(value))
        {
            return Count - 1;
        }

        int found = Edges.AsSpan().BinarySearch(value);
        return found >= 0 ? found : ~found;
    }

    /// <summary>Counts values by bin.</summary>
    public ImmutableArray<long> CountOf(ReadOnlySpan<double> values)
    {
        long[] counts = new long[Count];
        foreach (double value in values)
        {
            counts[IndexOf(value)]++;
        }

        return [.. counts];
    }

    /// <summary>Counts the finite values of a sample by bin, without the one for NaN.</summary>
    public ImmutableArray<long> CountFinite(EmpiricalDistribution sample)
    {
        long[] counts = new long[Edges.Length + 1];
        int before = 0;
        for (int bin = 0; bin < Edges.Length; bin++)
        {
            int below = sample.CountAtOrBelow(Edges[bin]);
            counts[bin] = below - before;
            before = below;
        }

        counts[^1] = sample.FiniteCount - before;
        return [.. counts];
    }

    private static void Add(ImmutableArray<double>.Builder edges, double edge, bool isAtom)
    {
        if (!double.IsFinite(edge))
        {
            return;
        }

        if (!isAtom)
        {
            edges.Add(edge);
            return;
        }

        double below = Math.BitDecrement(edge);
        bool belowIsThere = edges.Count > 1 && edges[^2] == below;
        if (!belowIsThere && double.IsFinite(below))
        {
            edges.Insert(edges.Count - 1, below);
        }
    }
}
