using System.Collections.Immutable;

namespace Lifecycle.Statistics.Multiplicity;

/// <summary>
/// p-values of many tests, adjusted so that each may be held against the level asked for. Results are in the order of the
/// input, at most 1.
/// </summary>
public static class AdjustedPValues
{
    /// <summary>Holm (1979): bounds the chance of any false alarm.</summary>
    public static ImmutableArray<double> Holm(ReadOnlySpan<double> pValues)
    {
        int count = pValues.Length;
        return Stepwise(pValues, (p, rank) => p * (count - rank + 1), fromSmallest: true);
    }

    /// <summary>Benjamini and Hochberg (1995): bounds the share of false alarms among alarms, for independent tests.</summary>
    public static ImmutableArray<double> BenjaminiHochberg(ReadOnlySpan<double> pValues)
    {
        int count = pValues.Length;
        return Stepwise(pValues, (p, rank) => p * count / rank, fromSmallest: false);
    }

    /// <summary>
    /// Adjusts by rank and keeps the order: from the smallest upwards by the running maximum (step-down), or from the
    /// largest downwards by the running minimum (step-up).
    /// </summary>
    private static ImmutableArray<double> Stepwise(ReadOnlySpan<double> pValues, Func<double, int, double> adjust, bool fromSmallest)
    {
        double[] sorted = [.. pValues];
        if (Array.Exists(sorted, p => p is not (>= 0 and <= 1)))
        {
            throw new ArgumentException($"a p-value is {sorted.First(p => p is not (>= 0 and <= 1))}; expected a number from 0 to 1", nameof(pValues));
        }

        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double[] adjusted = new double[sorted.Length];
        double running = fromSmallest ? 0 : 1;
        for (int step = 0; step < sorted.Length; step++)
        {
            int rank = fromSmallest ? step + 1 : sorted.Length - step;
            double value = Math.Min(1, adjust(sorted[rank - 1], rank));
            running = fromSmallest ? Math.Max(running, value) : Math.Min(running, value);
            adjusted[order[rank - 1]] = running;
        }

        return [.. adjusted];
    }
}
