using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Samples;

/// <summary>What the default sample must show, on real data.</summary>
public sealed class DisposableDomainTests(TrainedSample sample) : IClassFixture<TrainedSample>
{
    [Fact]
    public void ShippedGraph_OnEveryHoldoutRow_ReproducesTheTrainedModel()
    {
        using OnnxScorer scorer = new(sample.Onnx);
        using FeatureReader reader = new(sample.Featurizer);
        using INativeModel native = KnownTrainers.All.For(sample.Trained.Trainer).Load(sample.Trained.NativeModel);

        ParityReport parity = ParityCheck.Compare(native.Predict(reader.Read(InputRows.OfTexts(reader.Schema, sample.Holdout.Inputs))).Values.AsSpan(), scorer.Score(sample.Holdout.Inputs));

        Assert.True(parity.Holds, $"largest difference {parity.MaximumDifference}");
        Assert.InRange(parity.RowCount, 8_000, 9_000);
    }

    [Fact]
    public void ShippedGraph_WithTheDefaultHyperparameters_StaysBelow600Kilobytes() => Assert.InRange(sample.Onnx.Length, 100_000, 600_000);

    [Fact]
    public void ShippedGraph_OnTheHoldout_RanksAsMeasured()
    {
        using OnnxScorer scorer = new(sample.Onnx);

        // Measured: 0.938 (0.950 without the e-mail providers among the negatives).
        Assert.InRange(AreaUnderCurve(scorer.Score(sample.Holdout.Inputs), sample.Holdout.Labels), 0.930, 0.946);
    }

    [Theory]
    [InlineData("gmail.com")]
    [InlineData("qzwx8k3v.tk")]
    [InlineData("bücher.example.org")]
    public void ShippedGraph_OnHosts_GivesAProbability(string host)
    {
        using OnnxScorer scorer = new(sample.Onnx);

        Assert.InRange(scorer.Score(host), float.Epsilon, 1 - 1e-6f);
    }

    // The share of pairs of a positive and a negative that are ranked rightly; ties count half.
    private static double AreaUnderCurve(float[] probabilities, IReadOnlyList<bool> labels)
    {
        int[] order = [.. Enumerable.Range(0, probabilities.Length).OrderBy(row => probabilities[row])];
        double positives = labels.Count(label => label);
        double rankSum = 0;
        for (int first = 0, next; first < order.Length; first = next)
        {
            next = first;
            while (next < order.Length && probabilities[order[next]] == probabilities[order[first]])
            {
                next++;
            }

            rankSum += order[first..next].Count(row => labels[row]) * ((first + next + 1) / 2.0);
        }

        return (rankSum - (positives * (positives + 1) / 2)) / (positives * (labels.Count - positives));
    }
}
