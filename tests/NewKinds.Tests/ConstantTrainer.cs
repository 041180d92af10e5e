using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.Training.Trainers;

namespace Lifecycle.NewKinds.Tests;

/// <summary>Trains <see cref="Constant"/>. Its fragment is of trees without nodes, which answer alike for all rows.</summary>
public sealed class ConstantTrainer : ITrainer
{
    /// <inheritdoc/>
    public Type Definition => typeof(Constant);

    /// <inheritdoc/>
    public TrainedModel Train(TrainingTask task, Heartbeat heartbeat, CancellationToken cancellation)
    {
        Constant definition = (Constant)task.Definition;
        heartbeat.Enter(TrainingPhase.Fitting, cancellation);
        int classes = task.Target.ClassNames.Length;
        double[] rows = new double[classes];
        Array.Fill(rows, definition.AddedRows);
        foreach (double label in task.Rows.Labels)
        {
            rows[(int)label]++;
        }

        float[] scores = [.. rows.Select(count => (float)Math.Log(count / rows.Sum()))];
        TreeEnsemble fragment = new()
        {
            FeatureCount = task.Rows.Features.FeatureCount,
            Outputs = classes,
            Trees = [.. scores.Select(score => new DecisionTree { Leaves = [score] })],
            Link = new ScoreLink.Softmax(),
        };
        return new TrainedModel(JsonSerializer.SerializeToUtf8Bytes(scores), fragment, definition);
    }

    /// <inheritdoc/>
    public INativeModel Load(ReadOnlyMemory<byte> nativeModel) => new Shares(JsonSerializer.Deserialize<float[]>(nativeModel.Span)!);

    private sealed class Shares(float[] scores) : INativeModel
    {
        public int Width => scores.Length;

        public double[] Predict(FeatureBatch features) => [.. Enumerable.Range(0, features.RowCount).SelectMany(_ => scores.Select(score => Math.Exp(score)))];

        public void Dispose()
        {
        }
    }
}
