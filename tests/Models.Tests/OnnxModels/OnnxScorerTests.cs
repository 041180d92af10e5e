using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Rows;
using Lifecycle.Models.Tests.Training;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels;

public sealed class OnnxScorerTests
{
    private static readonly byte[] Model = ModelGraph.Compose(
        TrainedModels.Featurizer.Onnx, TrainedModels.Model.Fragment, TrainedModels.Target, ImmutableSortedDictionary<string, string>.Empty);

    private static readonly string[] Inputs = [.. TrainedModels.Holdout.Select(row => row.Input)];

    [Fact]
    public void Score_HostsOfTheHoldout_TellsTheClassesApart()
    {
        using OnnxScorer scorer = new(Model);
        float[] probabilities = scorer.Score(Inputs);

        double positives = probabilities.Where((_, row) => TrainedModels.Holdout[row].Label).Average(probability => (double)probability);
        double negatives = probabilities.Where((_, row) => !TrainedModels.Holdout[row].Label).Average(probability => (double)probability);
        Assert.True(positives > negatives + 0.5, $"mean probability {positives} of positives, {negatives} of negatives");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Score_AnyBatchSize_GivesTheSameProbabilities(int batchRows)
    {
        using OnnxScorer plain = new(Model);
        using OnnxScorer scorer = new(Model, new ScorerOptions { BatchRows = batchRows });

        Assert.Equal(plain.Score(Inputs), scorer.Score(Inputs));
    }

    [Fact]
    public void Score_SeveralThreads_DifferInTheLastBitsOnly()
    {
        using OnnxScorer plain = new(Model);
        using OnnxScorer scorer = new(Model, new ScorerOptions { Threads = 2, BatchRows = 100_000 });

        Assert.InRange(ParityCheck.Compare(plain.Score(Inputs), scorer.Score(Inputs)).MaximumDifference, 0, 1e-6);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Options_BelowOne_AreRefused(int threads, int batchRows) => Assert.Throws<ArgumentOutOfRangeException>(() =>
        new OnnxScorer(Model, new ScorerOptions { Threads = threads, BatchRows = batchRows }));

    [Fact]
    public void Score_OneText_EqualsItsRowInABatch()
    {
        using OnnxScorer scorer = new(Model);
        float[] batch = scorer.Score(Inputs);

        Assert.All(Enumerable.Range(0, 200), row => Assert.Equal(batch[row], scorer.Score(Inputs[row])));
    }

    [Fact]
    public async Task Score_FromManyThreadsAtOnce_GivesTheSameProbabilities()
    {
        using OnnxScorer scorer = new(Model);
        float[] expected = scorer.Score(Inputs);

        float[][] found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Inputs.Select(scorer.Score).ToArray())));

        Assert.All(found, probabilities => Assert.Equal(expected, probabilities));
    }

    [Fact]
    public void Score_Nothing_GivesNothing()
    {
        using OnnxScorer scorer = new(Model);

        Assert.Empty(scorer.Score([]));
    }

    [Fact]
    public void Score_SpellingsOfOneHost_AreOne()
    {
        using OnnxScorer scorer = new(Model);

        Assert.Single(scorer.Score(["münchen.de", "MÜNCHEN.de.", "xn--mnchen-3ya.de"]).Distinct());
    }

    [Fact]
    public void Score_RefusedInputInABatch_NamesTheRow()
    {
        using OnnxScorer scorer = new(Model);

        RefusedInputException refused = Assert.Throws<RefusedInputException>(() => scorer.Score([.. Inputs, ""]));

        Assert.Equal(Inputs.Length, refused.Row);
        Assert.Equal("the input is empty; expected a host name such as example.com", refused.Reason);
    }

    [Fact]
    public void Rules_AreThoseOfTheFeatureView()
    {
        using OnnxScorer scorer = new(Model);

        Assert.Equal(InputRules.For(FeatureViews.Hosts.Schema.Columns[0]), scorer.Rules);
    }

    [Fact]
    public void Latency_Measured_IsOfEveryRow()
    {
        using OnnxScorer scorer = new(Model);

        LatencyReport report = SingleRowLatency.Measure(scorer, InputRows.OfTexts(scorer.Schema, Inputs));

        Assert.Equal(Inputs.Length, report.Rows);
        Assert.InRange(report.MedianMicroseconds, 0.1, report.P99Microseconds);
        Assert.Throws<ArgumentException>(() => SingleRowLatency.Measure(scorer, InputRows.OfTexts(scorer.Schema, [])));
    }
}
