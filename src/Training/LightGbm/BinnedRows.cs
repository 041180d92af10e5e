using Lifecycle.Training.Matrices;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.LightGbm;

/// <summary>Rows as LightGBM keeps them: features cut into bins, with labels and weights.</summary>
internal sealed unsafe class BinnedRows : IDisposable
{
    /// <summary>Bins rows.</summary>
    /// <param name="rows">The feature vectors; not needed afterwards.</param>
    /// <param name="labels">A label for each row.</param>
    /// <param name="weights">A weight for each row; none weighs all alike.</param>
    /// <param name="parameters">LightGBM's parameters, as the booster gets them.</param>
    /// <param name="training">The rows whose bins these are cut into; null cuts bins of their own.</param>
    /// <exception cref="UntrainableException">LightGBM refused the rows.</exception>
    public BinnedRows(FeatureMatrix rows, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, string parameters, BinnedRows? training = null)
    {
        Handle = rows switch
        {
            DenseRows dense => Bin(dense, parameters, training),
            SparseRows sparse => Bin(sparse, parameters, training),
            _ => throw new ArgumentOutOfRangeException(nameof(rows), rows, "Unknown form of rows."),
        };
        Set("label", labels);
        if (!weights.IsEmpty)
        {
            Set("weight", weights);
        }
    }

    /// <summary>LightGBM's handle.</summary>
    public DatasetHandle Handle { get; }

    public void Dispose() => Handle.Dispose();

    private static DatasetHandle Bin(DenseRows rows, string parameters, BinnedRows? training)
    {
        fixed (float* values = rows.Values)
        {
            Native.Demand(Native.CreateDataset(
                values, Native.Float32, rows.RowCount, rows.FeatureCount, Native.RowMajor, parameters, Reference(training), out DatasetHandle handle));
            return handle;
        }
    }

    private static DatasetHandle Bin(SparseRows rows, string parameters, BinnedRows? training)
    {
        fixed (long* starts = rows.Starts)
        fixed (int* columns = rows.Columns)
        fixed (float* values = rows.Values)
        {
            Native.Demand(Native.CreateDataset(
                starts, Native.Int64, columns, values, Native.Float32, rows.Starts.Length, rows.EntryCount, rows.FeatureCount, parameters, Reference(training), out DatasetHandle handle));
            return handle;
        }
    }

    // The training's rows outlive those that are binned by them: whoever trains holds both.
    private static nint Reference(BinnedRows? training) => training?.Handle.DangerousGetHandle() ?? 0;

    private void Set(string field, ReadOnlySpan<float> column)
    {
        fixed (float* values = column)
        {
            Native.Demand(Native.SetField(Handle, field, values, column.Length, Native.Float32));
        }
    }
}
