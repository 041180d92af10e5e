using Lifecycle.OnnxModels.Featurizers;

namespace Lifecycle.Training.Matrices;

/// <summary>The feature vectors of all rows of a training, in memory, in the form that takes less room.</summary>
public abstract class FeatureMatrix
{
    private protected FeatureMatrix(int rowCount, int featureCount)
    {
        (RowCount, FeatureCount) = (rowCount, featureCount);
    }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Length of the feature vector.</summary>
    public int FeatureCount { get; }

    /// <summary>Joins batches: dense rows where more than half of the first batch's entries are not zero, sparse ones otherwise.</summary>
    /// <param name="batches">The features, in the order of the rows; read once, and each given back as soon as it is copied.</param>
    /// <param name="rowCount">Rows of all batches.</param>
    /// <param name="featureCount">Length of the feature vector.</param>
    /// <param name="cancellation">Heard between batches.</param>
    /// <exception cref="ArgumentException">There are more or fewer rows.</exception>
    public static FeatureMatrix Of(IEnumerable<FeatureBatch> batches, int rowCount, int featureCount, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        MatrixBuilder? builder = null;
        int rows = 0;
        foreach (FeatureBatch batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            builder ??= IsDense(batch, rowCount, featureCount) ? new DenseRowsBuilder(rowCount, featureCount) : new SparseRowsBuilder(featureCount);
            rows += batch.RowCount;
            if (rows <= rowCount)
            {
                builder.Add(batch);
            }
        }

        return rows == rowCount
            ? (builder ?? new SparseRowsBuilder(featureCount)).Finish()
            : throw new ArgumentException($"The batches have {rows} rows; expected {rowCount}, one for each label.", nameof(batches));
    }

    /// <summary>The first entry that is infinite, by row and feature; null if all are finite or NaN.</summary>
    public abstract (int Row, int Feature)? FindInfinite();

    /// <summary>A row's feature vector.</summary>
    public abstract void CopyTo(int row, Span<float> features);

    private static bool IsDense(FeatureBatch batch, int rowCount, int featureCount) =>
        2L * batch.EntryCount > (long)batch.RowCount * featureCount && (long)rowCount * featureCount <= Array.MaxLength;
}

/// <summary>A matrix while its rows come.</summary>
internal abstract class MatrixBuilder
{
    public abstract void Add(FeatureBatch batch);

    public abstract FeatureMatrix Finish();
}
