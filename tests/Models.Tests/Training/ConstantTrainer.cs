using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lifecycle.Domain;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>The definition of a trainer that the product does not know: it says the same of each row.</summary>
internal sealed record ConstantDefinition : TrainerDefinition
{
    [JsonIgnore]
    public override string Sentence => "the training rows' average";
}

/// <summary>The fragment of such a model, written with what the product gives to everyone.</summary>
internal sealed record ConstantScores : ModelFragment
{
    public required ImmutableArray<float> Scores { get; init; }

    [JsonIgnore]
    public override int ScoreCount => Scores.Length;

    public override string Append(ScoreNodes nodes)
    {
        // No number is greater than itself: a zero for each feature, also where it is missing, and from there one for each score.
        string zero = nodes.Constant("zero", [0], 1);
        string zeros = nodes.Node("Where", "zeros", nodes.Node("Greater", "never", nodes.Features, nodes.Features), zero, zero);
        string nothing = nodes.Node("MatMul", "nothing", zeros, nodes.Constant("no_weights", new float[FeatureCount * ScoreCount], FeatureCount, ScoreCount));
        return nodes.Node("Add", "scores", nothing, nodes.Constant("constants", Scores.AsSpan(), 1, ScoreCount));
    }
}

/// <summary>The trainer: shares of the classes, or the mean label.</summary>
internal sealed class ConstantTrainer : ITrainer
{
    public Type Definition => typeof(ConstantDefinition);

    public TrainedModel Train(TrainingTask task, Heartbeat heartbeat, CancellationToken cancellation)
    {
        heartbeat.Enter(TrainingPhase.Fitting, cancellation);
        ImmutableArray<double> labels = task.Rows.Labels;
        ImmutableArray<float> scores = task.Target.Width == 1
            ? [(float)labels.Average()]
            : [.. Enumerable.Range(0, task.Target.Width).Select(index => (float)labels.Count(label => label == index) / labels.Length)];
        ConstantScores fragment = new() { FeatureCount = task.Rows.Features.FeatureCount, Link = new ScoreLink.Identity(), Scores = scores };
        return new TrainedModel(JsonSerializer.SerializeToUtf8Bytes(scores, DomainJson.Compact), fragment, task.Definition);
    }

    public INativeModel Load(ReadOnlyMemory<byte> nativeModel) => new Model(JsonSerializer.Deserialize<double[]>(nativeModel.Span, DomainJson.Compact)!);

    private sealed class Model(double[] scores) : INativeModel
    {
        public int Width => scores.Length;

        public double[] Predict(FeatureBatch features) => [.. Enumerable.Range(0, features.RowCount).SelectMany(_ => scores)];

        public void Dispose()
        {
        }
    }
}
