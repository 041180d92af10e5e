using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Scoring;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Lifecycle.Training.Trainers;

/// <summary>Scores with the model as it was trained, in ML.NET: the other side of the parity check. Not safe for several threads at once.</summary>
public sealed class NativePredictor : IDisposable
{
    private readonly MLContext context = new(seed: 0);
    private readonly FeatureReader reader;
    private readonly ITransformer model;

    /// <summary>Loads a model.</summary>
    /// <param name="featurizer">The featurizer graph it was trained on.</param>
    /// <param name="nativeModel">Bytes of <see cref="TrainedModel.NativeModel"/>; an own artifact, never a stranger's file.</param>
    public NativePredictor(ReadOnlyMemory<byte> featurizer, ReadOnlyMemory<byte> nativeModel, ScorerOptions? options = null)
    {
        using MemoryStream stream = new(nativeModel.ToArray());
        model = context.Model.Load(stream, out _);
        reader = new FeatureReader(featurizer, options);
    }

    /// <summary>The probabilities of label 1, in the order of the inputs.</summary>
    public float[] Predict(IReadOnlyList<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        FeatureRows rows = new(reader, [.. inputs.Select(input => new TrainingRow(input, Label: false))], maximumBytes: 0, CancellationToken.None);
        return [.. model.Transform(rows.View(context)).GetColumn<float>(FeatureRow.ProbabilityColumn)];
    }

    public void Dispose() => reader.Dispose();
}
