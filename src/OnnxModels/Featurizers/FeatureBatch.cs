namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Feature vectors of consecutive rows in sparse form: only entries that are not zero, in ascending order of their index.</summary>
public sealed class FeatureBatch
{
    private readonly int[] rowEnds;
    private readonly int[] indices;
    private readonly float[] values;

    private FeatureBatch(int[] rowEnds, int[] indices, float[] values)
    {
        this.rowEnds = rowEnds;
        this.indices = indices;
        this.values = values;
    }

    /// <summary>Number of rows.</summary>
    public int RowCount => rowEnds.Length;

    /// <summary>Number of entries of all rows.</summary>
    public int EntryCount => values.Length;

    /// <summary>Indices of a row's entries.</summary>
    public ReadOnlySpan<int> Indices(int row) => indices.AsSpan(Range(row));

    /// <summary>Values of a row's entries.</summary>
    public ReadOnlySpan<float> Values(int row) => values.AsSpan(Range(row));

    /// <summary>Takes rows whose entries stand one after the other, zeros included. A NaN is an entry.</summary>
    public static FeatureBatch FromDense(ReadOnlySpan<float> dense, int featureCount)
    {
        int entries = dense.Length - dense.Count(0f);
        int[] rowEnds = new int[dense.Length / featureCount];
        int[] indices = new int[entries];
        float[] values = new float[entries];
        int next = 0;
        for (int row = 0; row < rowEnds.Length; row++)
        {
            ReadOnlySpan<float> features = dense.Slice(row * featureCount, featureCount);
            int step;
            for (int i = 0; (step = features[i..].IndexOfAnyExcept(0f)) >= 0; i++)
            {
                i += step;
                indices[next] = i;
                values[next++] = features[i];
            }

            rowEnds[row] = next;
        }

        return new FeatureBatch(rowEnds, indices, values);
    }

    private Range Range(int row) => (row == 0 ? 0 : rowEnds[row - 1])..rowEnds[row];
}
