using Lifecycle.Statistics.Distances;

namespace Lifecycle.Data.Drift;

/// <summary>
/// Numbers of one figure in memory that is used again for the next figure, so that a thousand figures need no more than a few.
/// </summary>
internal sealed class NumberColumn
{
    private const long BytesTogether = 160L << 20;
    private const long BytesOfValue = sizeof(double) + sizeof(int);
    private const int MostTogether = 64;

    private double[] values = [];
    private int[] counts = [];
    private int finite;
    private int negativeInfinities;
    private int positiveInfinities;
    private int notNumbers;

    /// <summary>Rows without a value.</summary>
    public int NullCount { get; private set; }

    /// <summary>How many columns are worth reading in one pass, so that they stay within 160 MB as far as one column does.</summary>
    /// <param name="rows">Rows of one column, on all sides that are held at once.</param>
    public static int CountTogether(long rows) => (int)Math.Clamp(BytesTogether / Math.Max(1, rows * BytesOfValue), 1, MostTogether);

    /// <summary>Empties the column and makes room.</summary>
    public void Clear(int rows)
    {
        if (values.Length < rows)
        {
            values = GC.AllocateUninitializedArray<double>(rows);
            counts = GC.AllocateUninitializedArray<int>(rows);
        }

        (finite, negativeInfinities, positiveInfinities, notNumbers, NullCount) = (0, 0, 0, 0, 0);
    }

    /// <summary>Adds a row without a value.</summary>
    public void AddNull() => NullCount++;

    /// <summary>Adds a row's number.</summary>
    public void Add(double value)
    {
        if (double.IsFinite(value))
        {
            values[finite++] = value;
        }
        else if (double.IsNaN(value))
        {
            notNumbers++;
        }
        else if (value > 0)
        {
            positiveInfinities++;
        }
        else
        {
            negativeInfinities++;
        }
    }

    /// <summary>The distribution of all rows that have a value; it holds until the column is cleared.</summary>
    /// <param name="scratch">Room for sorting; made larger as needed.</param>
    public EmpiricalDistribution ToDistribution(ref double[] scratch)
    {
        if (scratch.Length < finite)
        {
            scratch = GC.AllocateUninitializedArray<double>(values.Length);
        }

        DoubleSort.Sort(values.AsSpan(0, finite), scratch);
        return EmpiricalDistribution.Compress(values.AsMemory(0, finite), counts.AsMemory(0, finite), negativeInfinities, positiveInfinities, notNumbers);
    }
}
