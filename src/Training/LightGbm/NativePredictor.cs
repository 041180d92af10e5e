using Lifecycle.Domain.Rows;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.LightGbm;

/// <summary>Scores with the model as it was trained, in LightGBM: the other side of the parity check. Not safe for several threads at once.</summary>
public sealed class NativePredictor : IDisposable
{
    private readonly FeatureReader reader;
    private readonly Booster booster;

    /// <summary>Loads a model.</summary>
    /// <param name="featurizer">The featurizer graph it was trained on.</param>
    /// <param name="nativeModel">Bytes of <see cref="TrainedModel.NativeModel"/>; an own artifact, never a stranger's file.</param>
    /// <param name="options">How the featurizer runs.</param>
    public NativePredictor(ReadOnlyMemory<byte> featurizer, ReadOnlyMemory<byte> nativeModel, ScorerOptions? options = null)
    {
        booster = Booster.Load(nativeModel.Span);
        reader = new FeatureReader(featurizer, options);
    }

    /// <summary>The probabilities of label 1, in the order of the inputs.</summary>
    public float[] Predict(IReadOnlyList<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [.. reader.Read(InputRows.OfTexts(reader.Schema, inputs)).SelectMany(batch => booster.Predict(SparseRows.Of(new Queue<FeatureBatch>([batch]), reader.FeatureCount), threads: 1)).Select(probability => (float)probability)];
    }

    public void Dispose()
    {
        booster.Dispose();
        reader.Dispose();
    }
}
