using Lifecycle.OnnxModels.Featurizers;

namespace Lifecycle.Training.Matrices;

/// <summary>Feature vectors as compressed sparse rows: entries that are not there are zero.</summary>
internal sealed class SparseRows : FeatureMatrix
{
    private readonly long[] starts;
    private readonly int[] columns;
    private readonly float[] values;

    public SparseRows(long[] starts, int[] columns, float[] values, int featureCount)
        : base(starts.Length - 1, featureCount)
    {
        (this.starts, this.columns, this.values) = (starts, columns, values);
    }

    /// <summary>Number of entries.</summary>
    public long EntryCount => starts[^1];

    /// <summary>Where each row's entries begin, and where the last one's end.</summary>
    public ReadOnlySpan<long> Starts => starts;

    /// <summary>The entries' columns, ascending within a row.</summary>
    public ReadOnlySpan<int> Columns => columns;

    /// <summary>The entries' values.</summary>
    public ReadOnlySpan<float> Values => values;

    public override (int Row, int Feature)? FindInfinite()
    {
        int at = values.AsSpan().IndexOfAny(float.PositiveInfinity, float.NegativeInfinity);
        return at < 0 ? null : (Array.FindIndex(starts, start => start > at) - 1, columns[at]);
    }

    public override void CopyTo(int row, Span<float> features)
    {
        features.Clear();
        for (long entry = starts[row]; entry < starts[row + 1]; entry++)
        {
            features[columns[entry]] = values[entry];
        }
    }
}

/// <summary>Sparse rows while they come.</summary>
internal sealed class SparseRowsBuilder(int featureCount) : MatrixBuilder
{
    private readonly Queue<FeatureBatch> batches = new();

    public override void Add(FeatureBatch batch) => batches.Enqueue(batch);

    public override FeatureMatrix Finish()
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

        return new SparseRows(starts, columns, values, featureCount);
    }
}
