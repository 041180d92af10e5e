using Lifecycle.Statistics.Distances;
using MathNet.Numerics;

namespace Lifecycle.Statistics.Significance;

/// <summary>
/// Pearson's χ² test on counts. Trustworthy where expected counts are about five or more; merge rarer categories before.
/// </summary>
public static class ChiSquaredTest
{
    private const double SmallestExpected = 5;

    /// <summary>Whether the rows of a table have the same distribution over its columns (homogeneity, independence).</summary>
    /// <param name="table">Counts, one row for each sample. Every row and column holds at least one.</param>
    /// <exception cref="ArgumentException">A row or column is empty, or the table is smaller than 2 × 2.</exception>
    public static SignificanceTest Homogeneity(long[,] table)
    {
        (double[] rows, double[] columns) = Margins(table);
        double total = rows.Sum();
        double statistic = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                double expected = rows[row] * columns[column] / total;
                double difference = table[row, column] - expected;
                statistic += difference * difference / expected;
            }
        }

        return new SignificanceTest(statistic, Tail(statistic, (rows.Length - 1) * (columns.Length - 1)));
    }

    /// <summary>
    /// Whether two samples have the same distribution over categories (homogeneity). Categories of which either sample is
    /// expected to hold fewer than five rows are merged into one, and that one with the next rarest if it is still too rare;
    /// what is left with a single category says nothing: 0 and 1.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative, or a sample has no rows.</exception>
    public static SignificanceTest HomogeneityMergingRare(ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        (long firstRows, long secondRows) = Counts.Totals(first, second);
        double smallerShare = (double)Math.Min(firstRows, secondRows) / (firstRows + secondRows);
        List<(long First, long Second)> kept = [];
        (long First, long Second) rare = (0, 0);
        for (int i = 0; i < first.Length; i++)
        {
            if ((first[i] + second[i]) * smallerShare < SmallestExpected)
            {
                rare = (rare.First + first[i], rare.Second + second[i]);
            }
            else
            {
                kept.Add((first[i], second[i]));
            }
        }

        List<(long First, long Second)> cells = MergeRare(kept, rare, smallerShare);
        if (cells.Count < 2)
        {
            return new SignificanceTest(0, 1);
        }

        long[,] table = new long[2, cells.Count];
        for (int i = 0; i < cells.Count; i++)
        {
            (table[0, i], table[1, i]) = cells[i];
        }

        return Homogeneity(table);
    }

    /// <summary>Chance that a χ² variable is larger than <paramref name="statistic"/>.</summary>
    public static double Tail(double statistic, int degreesOfFreedom) =>
        statistic <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, statistic / 2);

    private static List<(long First, long Second)> MergeRare(
        List<(long First, long Second)> kept, (long First, long Second) rare, double smallerShare)
    {
        if (rare is (0, 0))
        {
            return kept;
        }

        if (kept.Count == 0 || (rare.First + rare.Second) * smallerShare >= SmallestExpected)
        {
            return [.. kept, rare];
        }

        (long First, long Second) next = kept.MinBy(cell => cell.First + cell.Second);
        kept.Remove(next);
        return [.. kept, (next.First + rare.First, next.Second + rare.Second)];
    }

    private static (double[] Rows, double[] Columns) Margins(long[,] table)
    {
        double[] rows = new double[table.GetLength(0)];
        double[] columns = new double[table.GetLength(1)];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                rows[row] += table[row, column];
                columns[column] += table[row, column];
            }
        }

        return rows.Length >= 2 && columns.Length >= 2 && rows.Min() > 0 && columns.Min() > 0
            ? (rows, columns)
            : throw new ArgumentException($"a table of {rows.Length} × {columns.Length} with an empty row or column, or too small; leave empty ones out", nameof(table));
    }
}
