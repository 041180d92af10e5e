using System.Globalization;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.LightGbm;

/// <summary>Trees of LightGBM, growing or grown. Not safe for several threads at once.</summary>
internal sealed unsafe class Booster : IDisposable
{
    private const int AllIterations = -1;
    private const int ImportanceBySplits = 0;
    private readonly BoosterHandle handle;

    private Booster(BoosterHandle handle)
    {
        this.handle = handle;
    }

    /// <summary>Begins to grow trees.</summary>
    /// <param name="rows">The rows, which must live as long as trees are grown.</param>
    /// <param name="parameters">LightGBM's parameters, <c>name=value</c> between spaces.</param>
    /// <exception cref="UntrainableException">LightGBM refused.</exception>
    public static Booster Begin(BinnedRows rows, string parameters)
    {
        Native.Demand(Native.CreateBooster(rows.Handle, parameters, out BoosterHandle handle));
        return new Booster(handle);
    }

    /// <summary>Loads grown trees from the text that <see cref="Save"/> wrote; an own artifact, never a stranger's.</summary>
    public static Booster Load(ReadOnlySpan<byte> text)
    {
        byte[] ended = [.. text, 0];
        fixed (byte* model = ended)
        {
            Native.Demand(Native.LoadBooster(model, out _, out BoosterHandle handle));
            return new Booster(handle);
        }
    }

    /// <summary>Grows the next tree, or one for each class.</summary>
    /// <returns>Whether there was something to learn: false when no split improves anything.</returns>
    public bool Grow()
    {
        Native.Demand(Native.Update(handle, out int isFinished));
        return isFinished == 0;
    }

    /// <summary>The trees as LightGBM writes them, UTF-8 text: the same bytes for the same trees and parameters.</summary>
    public byte[] Save()
    {
        Native.Demand(Native.Save(handle, 0, AllIterations, ImportanceBySplits, 0, out long length, null));
        byte[] text = new byte[length];
        fixed (byte* buffer = text)
        {
            Native.Demand(Native.Save(handle, 0, AllIterations, ImportanceBySplits, length, out length, buffer));
        }

        // The length counts the zero at the end.
        return text[..(int)(length - 1)];
    }

    /// <summary>Predictions, row after row: what the objective's link makes of the raw scores.</summary>
    public double[] Predict(SparseRows rows, int threads)
    {
        double[] predictions = new double[rows.RowCount];
        fixed (long* starts = rows.Starts)
        fixed (int* columns = rows.Columns)
        fixed (float* values = rows.Values)
        fixed (double* answers = predictions)
        {
            Native.Demand(Native.Predict(
                handle, starts, Native.Int64, columns, values, Native.Float32, rows.Starts.Length, rows.EntryCount, rows.ColumnCount,
                Native.PredictNormal, 0, AllIterations, string.Create(CultureInfo.InvariantCulture, $"num_threads={threads} verbosity=-1"), out _, answers));
        }

        return predictions;
    }

    public void Dispose() => handle.Dispose();
}
