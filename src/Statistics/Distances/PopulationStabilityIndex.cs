using MathNet.Numerics.Distributions;

namespace Lifecycle.Statistics.Distances;

/// <summary>
/// Population stability index (PSI) of two histograms over the same bins: <c>Σ (a − e) · ln(a / e)</c> over the shares
/// <c>e</c> (expected) and <c>a</c> (actual), in nats. Zero for equal shares, symmetric, never negative. It is the
/// Jeffreys divergence (Jeffreys 1946; as a stability index, Siddiqi, <i>Credit Risk Scorecards</i>, 2006).
/// </summary>
/// <remarks>
/// PSI grows with noise as well as with change: compare it with a cut-off only where it also passes
/// <see cref="SignificanceFloor(int, long, long)"/>.
/// </remarks>
public static class PopulationStabilityIndex
{
    private const double CountAddedToEveryBin = 0.5;

    /// <summary>
    /// The PSI with half a row added to every bin on both sides, so that a bin empty on one side stays finite.
    /// A bin empty on both sides says nothing and is left out.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative, or a side has no rows.</exception>
    public static double OfCounts(ReadOnlySpan<long> expected, ReadOnlySpan<long> actual)
    {
        (long expectedRows, long actualRows) = Counts.Totals(expected, actual);
        double added = CountAddedToEveryBin * OccupiedBins(expected, actual);
        double sum = 0;
        for (int bin = 0; bin < expected.Length; bin++)
        {
            if (expected[bin] != 0 || actual[bin] != 0)
            {
                sum += Term(
                    (expected[bin] + CountAddedToEveryBin) / (expectedRows + added),
                    (actual[bin] + CountAddedToEveryBin) / (actualRows + added));
            }
        }

        return sum;
    }

    /// <summary>
    /// The PSI that pure noise passes once in a hundred times: <c>χ²(bins − 1, .99) · (1/n + 1/m)</c>
    /// (Yurdakul and Naranjo, <i>Statistical properties of the population stability index</i>, 2020). Zero for one bin.
    /// </summary>
    /// <param name="bins">Bins that hold a row on either side.</param>
    /// <param name="expectedRows">Rows of the expected side.</param>
    /// <param name="actualRows">Rows of the actual side.</param>
    public static double SignificanceFloor(int bins, long expectedRows, long actualRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(expectedRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(actualRows, 1);
        return bins == 1 ? 0 : ChiSquared.InvCDF(bins - 1, 0.99) * ((1.0 / expectedRows) + (1.0 / actualRows));
    }

    /// <summary>The floor for these very counts: their rows, and the bins that hold a row on either side.</summary>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative, or a side has no rows.</exception>
    public static double SignificanceFloor(ReadOnlySpan<long> expected, ReadOnlySpan<long> actual)
    {
        (long expectedRows, long actualRows) = Counts.Totals(expected, actual);
        return SignificanceFloor(OccupiedBins(expected, actual), expectedRows, actualRows);
    }

    private static double Term(double expected, double actual) =>
        expected == actual ? 0 : (actual - expected) * Math.Log(actual / expected);

    private static int OccupiedBins(ReadOnlySpan<long> expected, ReadOnlySpan<long> actual)
    {
        int occupied = 0;
        for (int bin = 0; bin < expected.Length; bin++)
        {
            occupied += expected[bin] != 0 || actual[bin] != 0 ? 1 : 0;
        }

        return occupied;
    }
}
