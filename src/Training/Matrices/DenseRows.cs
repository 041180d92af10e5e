using Lifecycle.OnnxModels.Featurizers;

namespace Lifecycle.Training.Matrices;

/// <summary>Feature vectors one after the other, zeros included.</summary>
internal sealed class DenseRows : FeatureMatrix
{
    private readonly float[] values;

    /// <summary>Takes vectors that stand one after the other.</summary>
    public DenseRows(float[] values, int featureCount)
        : base(values.Length / featureCount, featureCount)
    {
        this.values = values;
    }

    /// <summary>All entries, row after row.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>Some of the rows, in the order that is asked for.</summary>
    public DenseRows Take(ReadOnlySpan<int> rows)
    {
        float[] taken = new float[rows.Length * FeatureCount];
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(taken.AsSpan(i * FeatureCount));
        }

        return new DenseRows(taken, FeatureCount);
    }

    public override (int Row, int Feature)? FindInfinite()
    {
        int at = values.AsSpan().IndexOfAny(float.PositiveInfinity, float.NegativeInfinity);
        return at < 0 ? null : (at / FeatureCount, at % FeatureCount);
    }

    public override void CopyTo(int row, Span<float> features) => Row(row).CopyTo(features);

    private ReadOnlySpan<float> Row(int row) => values.AsSpan(row * FeatureCount, FeatureCount);
}

/// <summary>Dense rows while they come.</summary>
internal sealed class DenseRowsBuilder(int rowCount, int featureCount) : MatrixBuilder
{
    private readonly float[] values = new float[rowCount * featureCount];
    private int next;

    public override void Add(FeatureBatch batch)
    {
        for (int row = 0; row < batch.RowCount; row++, next += featureCount)
        {
            Span<float> features = values.AsSpan(next, featureCount);
            ReadOnlySpan<int> indices = batch.Indices(row);
            ReadOnlySpan<float> entries = batch.Values(row);
            for (int i = 0; i < indices.Length; i++)
            {
                features[indices[i]] = entries[i];
            }
        }
    }

    public override FeatureMatrix Finish() => new DenseRows(values, featureCount);
}
