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
    /// <exception cref="UntrainableException">LightGBM refused the rows.</exception>
    public BinnedRows(SparseRows rows, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, string parameters)
    {
        fixed (long* starts = rows.Starts)
        fixed (int* columns = rows.Columns)
        fixed (float* values = rows.Values)
        {
            Native.Demand(Native.CreateDataset(
                starts, Native.Int64, columns, values, Native.Float32, rows.Starts.Length, rows.EntryCount, rows.ColumnCount, parameters, 0, out DatasetHandle handle));
            Handle = handle;
        }

        Set("label", labels);
        if (!weights.IsEmpty)
        {
            Set("weight", weights);
        }
    }

    /// <summary>LightGBM's handle.</summary>
    public DatasetHandle Handle { get; }

    public void Dispose() => Handle.Dispose();

    private void Set(string field, ReadOnlySpan<float> column)
    {
        fixed (float* values = column)
        {
            Native.Demand(Native.SetField(Handle, field, values, column.Length, Native.Float32));
        }
    }
}
