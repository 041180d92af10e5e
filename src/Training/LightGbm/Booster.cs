using System.Globalization;
using Lifecycle.Training.Matrices;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.LightGbm;

/// <summary>Trees of LightGBM, growing or grown. Not safe for several threads at once.</summary>
internal sealed unsafe class Booster : IDisposable
{
    /// <summary>Every round that was grown.</summary>
    public const int AllRounds = -1;

    private const int ImportanceBySplits = 0;
    private readonly BoosterHandle handle;

    private Booster(BoosterHandle handle)
    {
        this.handle = handle;
    }

    /// <summary>Begins to grow trees.</summary>
    /// <param name="rows">The rows, which must live as long as trees are grown.</param>
    /// <param name="validation">Rows in the same bins whose loss is asked for, which must live as long; null for none.</param>
    /// <param name="parameters">LightGBM's parameters, <c>name=value</c> between spaces.</param>
    /// <exception cref="UntrainableException">LightGBM refused.</exception>
    public static Booster Begin(BinnedRows rows, BinnedRows? validation, string parameters)
    {
        Native.Demand(Native.CreateBooster(rows.Handle, parameters, out BoosterHandle handle));
        if (validation is not null)
        {
            Native.Demand(Native.AddValidation(handle, validation.Handle));
        }

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

    /// <summary>Loss of the validation rows so far, by the objective's own measure; smaller is better.</summary>
    public double ValidationLoss() => Loss(Native.Validation);

    /// <summary>The same of the rows that it learns from.</summary>
    public double TrainingLoss() => Loss(Native.Training);

    /// <summary>Predictions of the rows that it learns from, so far: what the link makes of their scores.</summary>
    public double[] TrainingPredictions()
    {
        Native.Demand(Native.CountPredictions(handle, Native.Training, out long count));
        double[] predictions = new double[count];
        fixed (double* found = predictions)
        {
            Native.Demand(Native.Predictions(handle, Native.Training, out _, found));
        }

        return predictions;
    }

    /// <summary>Raw scores of a row.</summary>
    public int CountScores()
    {
        Native.Demand(Native.CountScores(handle, out int count));
        return count;
    }

    /// <summary>Length of the feature vector.</summary>
    public int CountFeatures()
    {
        Native.Demand(Native.CountFeatures(handle, out int count));
        return count;
    }

    /// <summary>The trees as LightGBM writes them, UTF-8 text: the same bytes for the same trees and parameters.</summary>
    /// <param name="rounds">Only those of the first rounds.</param>
    public byte[] Save(int rounds = AllRounds)
    {
        Native.Demand(Native.Save(handle, 0, rounds, ImportanceBySplits, 0, out long length, null));
        byte[] text = new byte[length];
        fixed (byte* buffer = text)
        {
            Native.Demand(Native.Save(handle, 0, rounds, ImportanceBySplits, length, out length, buffer));
        }

        // The length counts the zero at the end.
        return text[..(int)(length - 1)];
    }

    /// <summary>Predictions, row after row: what the objective's link makes of the raw scores.</summary>
    public double[] Predict(FeatureMatrix rows, int threads)
    {
        string parameters = string.Create(CultureInfo.InvariantCulture, $"num_threads={threads} verbosity=-1");
        double[] predictions = new double[(long)rows.RowCount * CountScores()];
        fixed (double* answers = predictions)
        {
            Native.Demand(rows switch
            {
                DenseRows dense => Predict(dense, parameters, answers),
                SparseRows sparse => Predict(sparse, parameters, answers),
                _ => throw new ArgumentOutOfRangeException(nameof(rows), rows, "Unknown form of rows."),
            });
        }

        return predictions;
    }

    public void Dispose() => handle.Dispose();

    private double Loss(int rows)
    {
        Native.Demand(Native.CountLosses(handle, out int count));
        double[] losses = new double[count];
        fixed (double* found = losses)
        {
            Native.Demand(Native.Losses(handle, rows, out _, found));
        }

        return losses[0];
    }

    private int Predict(DenseRows rows, string parameters, double* answers)
    {
        fixed (float* values = rows.Values)
        {
            return Native.Predict(
                handle, values, Native.Float32, rows.RowCount, rows.FeatureCount, Native.RowMajor, Native.PredictNormal, 0, AllRounds, parameters, out _, answers);
        }
    }

    private int Predict(SparseRows rows, string parameters, double* answers)
    {
        fixed (long* starts = rows.Starts)
        fixed (int* columns = rows.Columns)
        fixed (float* values = rows.Values)
        {
            return Native.Predict(
                handle, starts, Native.Int64, columns, values, Native.Float32, rows.Starts.Length, rows.EntryCount, rows.FeatureCount,
                Native.PredictNormal, 0, AllRounds, parameters, out _, answers);
        }
    }
}
