using Lifecycle.OnnxModels.Featurizers;

namespace Lifecycle.Training.LightGbm;

/// <summary>Feature vectors as compressed sparse rows, the form that LightGBM takes: entries that are not there are zero.</summary>
internal sealed class SparseRows
{
    private readonly long[] starts;
    private readonly int[] columns;
    private readonly float[] values;

    private SparseRows(long[] starts, int[] columns, float[] values, int columnCount)
    {
        (this.starts, this.columns, this.values, ColumnCount) = (starts, columns, values, columnCount);
    }

    /// <summary>Length of the feature vector.</summary>
    public int ColumnCount { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount => starts.Length - 1;

    /// <summary>Number of entries.</summary>
    public long EntryCount => starts[^1];

    /// <summary>Where each row's entries begin, and where the last one's end.</summary>
    public ReadOnlySpan<long> Starts => starts;

    /// <summary>The entries' columns, ascending within a row.</summary>
    public ReadOnlySpan<int> Columns => columns;

    /// <summary>The entries' values.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>Joins batches; each is given back as soon as it is copied.</summary>
    public static SparseRows Of(Queue<FeatureBatch> batches, int columnCount)
    {
        long[] starts = new long[batches.Sum(batch => batch.RowCount) + 1];
        int entries = checked((int)batches.Sum(batch => (long)batch.EntryCount));
        int[] columns = new int[entries];
        float[] values = new float[entries];
        int row = 0;
        int next = 0;
        while (batches.TryDequeue(out FeatureBatch? batch))
        {
            for (int i = 0; i < batch.RowCount; i++)
            {
                batch.Indices(i).CopyTo(columns.AsSpan(next));
                batch.Values(i).CopyTo(values.AsSpan(next));
                next += batch.Indices(i).Length;
                starts[++row] = next;
            }
        }

        return new SparseRows(starts, columns, values, columnCount);
    }

    /// <summary>Dense vectors, all of one length; zeros take no room.</summary>
    public static SparseRows Of(IReadOnlyList<float[]> rows)
    {
        long[] starts = new long[rows.Count + 1];
        List<int> columns = [];
        List<float> values = [];
        for (int row = 0; row < rows.Count; row++)
        {
            for (int column = 0; column < rows[row].Length; column++)
            {
                if (rows[row][column] != 0)
                {
                    columns.Add(column);
                    values.Add(rows[row][column]);
                }
            }

            starts[row + 1] = values.Count;
        }

        return new SparseRows(starts, [.. columns], [.. values], rows[0].Length);
    }

    /// <summary>Some of the rows, in the order that is asked for.</summary>
    public SparseRows Take(ReadOnlySpan<int> rows)
    {
        long[] taken = new long[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++)
        {
            taken[i + 1] = taken[i] + starts[rows[i] + 1] - starts[rows[i]];
        }

        int[] takenColumns = new int[taken[^1]];
        float[] takenValues = new float[taken[^1]];
        for (int i = 0; i < rows.Length; i++)
        {
            Range entries = (int)starts[rows[i]]..(int)starts[rows[i] + 1];
            columns.AsSpan(entries).CopyTo(takenColumns.AsSpan((int)taken[i]));
            values.AsSpan(entries).CopyTo(takenValues.AsSpan((int)taken[i]));
        }

        return new SparseRows(taken, takenColumns, takenValues, ColumnCount);
    }
}
