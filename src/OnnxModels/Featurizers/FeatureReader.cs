using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// Computes feature vectors with a featurizer graph, so that training sees what serving will see. Every feature is that of its row alone,
/// exact whatever the number of threads and the size of the batches.
/// </summary>
public sealed class FeatureReader : IDisposable
{
    private readonly RowSession session;

    /// <summary>Loads a featurizer from the bytes of <see cref="FittedFeaturizer.Onnx"/> or <see cref="FittedFeaturizer.TrainingOnnx"/>.</summary>
    /// <exception cref="InvalidOnnxModelException">The bytes are not a featurizer.</exception>
    public FeatureReader(ReadOnlyMemory<byte> featurizer, ScorerOptions? options = null)
    {
        session = RowSession.OpenFeaturizer(featurizer, options ?? new ScorerOptions());
    }

    /// <summary>The columns that the featurizer reads.</summary>
    public InputSchema Schema => session.Rules.Schema;

    /// <summary>Length of the feature vector.</summary>
    public int FeatureCount => session.OutputWidth;

    /// <summary>The features of rows, batch after batch in their order, computed as they are asked for.</summary>
    /// <exception cref="RefusedInputException">A row breaks the featurizer's rules; the exception names its position.</exception>
    /// <exception cref="ArgumentException">The rows lack a column, or the graph is the one for training rows, which have keys.</exception>
    public IEnumerable<FeatureBatch> Read(InputRows rows)
    {
        InputRows matched = session.Rules.Match(rows);
        return session.HasFold
            ? throw new ArgumentException("The graph is the one for the rows that it was fitted on; give the whole rows, with their keys, or take the graph that ships.", nameof(rows))
            : ReadBatches(matched, folds: null);
    }

    /// <summary>The features of the TrainingSet's own rows, through the graph for them if the featurizer has one.</summary>
    /// <exception cref="RefusedInputException">A row breaks the featurizer's rules; the exception names its position.</exception>
    /// <exception cref="ArgumentException">The rows lack a column, or keys where the graph asks for them.</exception>
    public IEnumerable<FeatureBatch> Read(RowSet rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return session.HasFold ? ReadBatches(session.Rules.Match(rows.Inputs), TrainingFolds.Of(rows)) : Read(rows.Inputs);
    }

    public void Dispose() => session.Dispose();

    private IEnumerable<FeatureBatch> ReadBatches(InputRows rows, int[]? folds)
    {
        foreach ((int first, int count) in session.Batches(rows.Count))
        {
            long[]? batchFolds = folds is null ? null : Array.ConvertAll(folds[first..(first + count)], fold => (long)fold);
            using SessionOutput output = session.Run(rows, first, count, batchFolds);
            yield return FeatureBatch.FromDense(output.Values, FeatureCount);
        }
    }
}
