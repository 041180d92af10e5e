using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// Computes feature vectors with a featurizer graph, so that training sees what serving will see. Features are counts,
/// exact whatever the number of threads.
/// </summary>
public sealed class FeatureReader : IDisposable
{
    private readonly TextSession session;

    /// <summary>Loads a featurizer from the bytes of <see cref="FittedFeaturizer.Onnx"/>.</summary>
    /// <exception cref="InvalidOnnxModelException">The bytes are not a featurizer.</exception>
    public FeatureReader(ReadOnlyMemory<byte> featurizer, ScorerOptions? options = null)
    {
        session = TextSession.Open(featurizer, FeaturizerFit.FeaturesName, outputRank: 2, options ?? new ScorerOptions());
    }

    /// <summary>Length of the feature vector.</summary>
    public int FeatureCount => session.OutputWidth;

    /// <summary>The features of the inputs, batch after batch in their order, computed as they are asked for.</summary>
    /// <exception cref="RefusedInputException">An input breaks the featurizer's rules; the exception names its position.</exception>
    public IEnumerable<FeatureBatch> Read(IReadOnlyList<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (TextBatch batch in session.Normalize(inputs))
        {
            using SessionOutput output = session.Run(batch.Texts);
            yield return FeatureBatch.FromDense(output.Values, FeatureCount);
        }
    }

    public void Dispose() => session.Dispose();
}
