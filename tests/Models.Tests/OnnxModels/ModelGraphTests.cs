using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;
using Lifecycle.Models.Tests.Training;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels;

public sealed class ModelGraphTests
{
    private static readonly ImmutableSortedDictionary<string, string> NoMetadata = ImmutableSortedDictionary<string, string>.Empty;

    [Fact]
    public void Compose_TrainedModel_ReproducesItOnEveryHoldoutRow()
    {
        string[] inputs = [.. TrainedModels.Holdout.Select(row => row.Input)];
        using OnnxScorer scorer = new(Compose(TrainedModels.Ensemble));

        var report = ParityCheck.Compare(TrainedModels.PredictHoldout(TrainedModels.Model).AsSpan(), scorer.Score(inputs));

        Assert.True(report.Holds, $"largest difference {report.MaximumDifference}");
        Assert.Equal(inputs.Length, report.RowCount);
    }

    [Fact]
    public void Compose_OneLeafChanged_BreaksParity()
    {
        TreeEnsemble ensemble = TrainedModels.Ensemble;
        DecisionTree first = ensemble.Trees[0];
        TreeEnsemble changed = ensemble with
        {
            Trees = ensemble.Trees.SetItem(0, first with { Leaves = [.. first.Leaves.Select(leaf => leaf + 0.01f)] }),
        };
        string[] inputs = [.. TrainedModels.Holdout.Select(row => row.Input)];
        using OnnxScorer scorer = new(Compose(changed));

        Assert.False(ParityCheck.Compare(TrainedModels.PredictHoldout(TrainedModels.Model).AsSpan(), scorer.Score(inputs)).Holds);
    }

    [Fact]
    public void Compose_LinkAndBias_AreInTheProbability()
    {
        // One constant tree: score 0.25 + 0.5, logit 2 · 0.75 − 1.
        TreeEnsemble constant = new()
        {
            FeatureCount = TrainedModels.Featurizer.FeatureNames.Length,
            Bias = 0.25f,
            Link = new ScoreLink.Logistic(2, -1),
            Trees = [new DecisionTree { Leaves = [0.5f] }],
        };
        using OnnxScorer scorer = new(Compose(constant));

        Assert.Equal(1 / (1 + Math.Exp(-0.5)), scorer.Score("example.com"), 6);
    }

    [Fact]
    public void Compose_RowAtTheThreshold_GoesLeft()
    {
        int length = TrainedModels.Featurizer.FeatureNames.IndexOf("shape:length");
        TreeEnsemble split = new()
        {
            FeatureCount = TrainedModels.Featurizer.FeatureNames.Length,
            Link = new ScoreLink.Logistic(1, 0),
            Trees = [new DecisionTree { Features = [length], Thresholds = [5], Left = [-1], Right = [-2], Leaves = [-100, 100] }],
        };
        using OnnxScorer scorer = new(Compose(split));

        Assert.Equal([0f, 0f, 1f], scorer.Score(["a.de", "a.com", "ab.com"]));
    }

    [Fact]
    public void Compose_Metadata_IsInTheFileInOrder()
    {
        byte[] model = ModelGraph.Compose(
            TrainedModels.Featurizer.Onnx, TrainedModels.Ensemble, TrainedModels.Target, NoMetadata.Add("lifecycle.model", "disposable-domain").Add("a", "1"));
        using OnnxScorer scorer = new(model);

        Assert.Equal("disposable-domain", scorer.Metadata["lifecycle.model"]);
        Assert.Equal("""{"type":"binary","positive":"1","negative":"0","label":"label"}""", scorer.Metadata["lifecycle.target"]);
        Assert.Equal(scorer.Metadata.Keys.Order(StringComparer.Ordinal), scorer.Metadata.Keys);
        Assert.Equal("1", scorer.Metadata["a"]);
    }

    [Fact]
    public void Compose_MetadataThatTheFeaturizerOwns_IsRefused() => Assert.Throws<ArgumentException>(() =>
        ModelGraph.Compose(TrainedModels.Featurizer.Onnx, TrainedModels.Ensemble, TrainedModels.Target, NoMetadata.Add("lifecycle.schema", "[]")));

    [Fact]
    public void Compose_EnsembleOfOtherFeatures_IsRefused()
    {
        TreeEnsemble other = TrainedModels.Ensemble with { FeatureCount = 9999 };

        Assert.Contains("expected the 9999", Assert.Throws<InvalidOnnxModelException>(() => Compose(other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_FragmentOfAnotherWidth_IsRefused() => Assert.Contains(
        "it gives 1 scores for a row; expected the 3",
        Assert.Throws<InvalidFragmentException>(() => ModelGraph.Compose(
            TrainedModels.Featurizer.Onnx, TrainedModels.Ensemble, new Target.Multiclass { Classes = ["a", "b", "c"] }, NoMetadata)).Message,
        StringComparison.Ordinal);

    private static byte[] Compose(TreeEnsemble ensemble) => TrainedModels.Export(ensemble);
}
