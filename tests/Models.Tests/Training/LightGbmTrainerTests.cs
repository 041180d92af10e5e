using System.Collections.Concurrent;
using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.OnnxModels.Ensembles;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Training.LightGbm;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

public sealed class LightGbmTrainerTests
{
    [Fact]
    public void Train_TheSameTwice_GivesTheSameBytesOfEverything()
    {
        TrainedModel again = TrainedModels.Train(TrainedModels.Definition);

        Assert.Equal(TrainedModels.Model.NativeModel, again.NativeModel);
        Assert.Equal(EnsembleDocument.Write(TrainedModels.Model.Ensemble), EnsembleDocument.Write(again.Ensemble));
        Assert.Equal(Export(TrainedModels.Model), Export(again));
    }

    [Fact]
    public void Train_AnotherSeed_GivesOtherTrees()
    {
        TrainedModel other = TrainedModels.Train(TrainedModels.Definition with { Seed = 8 });

        Assert.NotEqual(EnsembleDocument.Write(TrainedModels.Model.Ensemble), EnsembleDocument.Write(other.Ensemble));
    }

    [Fact]
    public void Train_Hyperparameters_ShapeTheEnsemble()
    {
        Assert.Equal(40, TrainedModels.Model.Ensemble.Trees.Length);
        Assert.All(TrainedModels.Model.Ensemble.Trees, tree => Assert.InRange(tree.Leaves.Length, 2, 31));
        Assert.Equal(TrainedModels.Featurizer.FeatureNames.Length, TrainedModels.Model.Ensemble.FeatureCount);
        Assert.Equal(new LogisticLink(1, 0), TrainedModels.Model.Ensemble.Link);
        Assert.Equal(TrainedModels.Definition, TrainedModels.Model.Trainer);
    }

    [Fact]
    public void Train_WeightsOfOneClassRaised_MovesProbabilitiesItsWay()
    {
        TrainerDefinition.LightGbm unbalanced = TrainedModels.Definition with { BalanceClasses = false };
        TrainingRow[] weighted = [.. TrainedModels.Rows.Select(row => row with { Weight = row.Label ? 10 : 1 })];

        Assert.True(MeanProbability(TrainedModels.Train(unbalanced, weighted)) > MeanProbability(TrainedModels.Train(unbalanced)) + 0.05);
    }

    [Fact]
    public void Train_RowsWithoutAZeroAmongTheirFeatures_KeepsParity()
    {
        FittedFeaturizer oneDomain = FeatureViews.Fit(
            TrainedModels.Rows.Select(row => (row.Input, row.Label)), FeatureViews.With(new RowTransform.TopLevelDomainOneHot { MaximumTerms = 1 }));
        TrainedModel model = new LightGbmTrainer(TimeProvider.System).Train(oneDomain.Onnx, TrainedModels.Rows, TrainedModels.Definition);
        string[] inputs = [.. TrainedModels.Holdout.Select(row => row.Input)];
        using NativePredictor native = new(oneDomain.Onnx, model.NativeModel);
        using OnnxScorer scorer = new(ModelGraph.Compose(oneDomain.Onnx, model.Ensemble, ImmutableSortedDictionary<string, string>.Empty));

        Assert.True(ParityCheck.Compare(native.Predict(inputs), scorer.Score(inputs)).Holds);
        Assert.Equal(2, scorer.Score(inputs).Distinct().Count());
    }

    [Fact]
    public void Train_Progress_TellsEveryPhaseInOrder()
    {
        Recorder progress = new();

        new LightGbmTrainer(TimeProvider.System).Train(
            TrainedModels.Featurizer.Onnx, TrainedModels.Rows, TrainedModels.Definition with { Trees = 1 }, progress);

        Assert.Equal(
            [TrainingPhase.Featurizing, TrainingPhase.Fitting, TrainingPhase.Saving],
            progress.Reports.Select(report => report.Phase).Distinct());
    }

    [Fact]
    public void Train_Cancelled_Stops()
    {
        using CancellationTokenSource cancellation = new();
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => new LightGbmTrainer(TimeProvider.System).Train(
            TrainedModels.Featurizer.Onnx, TrainedModels.Rows, TrainedModels.Definition, cancellation: cancellation.Token));
    }

    [Fact]
    public void Train_CancelledWhileTreesAreGrown_StopsAtTheNextTree()
    {
        using CancellationTokenSource cancellation = new();
        Recorder progress = new() { OnFitting = cancellation.Cancel };

        Assert.ThrowsAny<OperationCanceledException>(() => new LightGbmTrainer(TimeProvider.System).Train(
            TrainedModels.Featurizer.Onnx, TrainedModels.Rows, TrainedModels.Definition with { Trees = int.MaxValue }, progress, cancellation.Token));
    }

    [Fact]
    public void Train_OneClassOnly_IsRefused()
    {
        TrainingRow[] rows = [.. TrainedModels.Rows.Where(row => row.Label)];

        UntrainableException refused = Assert.Throws<UntrainableException>(() => TrainedModels.Train(TrainedModels.Definition, rows));

        Assert.Contains("expected rows of both classes", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-1f)]
    [InlineData(float.PositiveInfinity)]
    public void Train_UnsoundWeight_NamesTheRow(float weight)
    {
        TrainingRow[] rows = [TrainedModels.Rows[0], TrainedModels.Rows[1] with { Weight = weight }];

        Assert.Contains("row 1 has weight", Assert.Throws<UntrainableException>(() => TrainedModels.Train(TrainedModels.Definition, rows)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(UnsoundTrainers))]
    public void Train_UnsoundHyperparameter_IsNamed(TrainerDefinition.LightGbm trainer, string field) =>
        Assert.Contains(field, Assert.Throws<UntrainableException>(() => TrainedModels.Train(trainer)).Message, StringComparison.Ordinal);

    [Fact]
    public void Train_RowThatBreaksTheRules_IsNamed()
    {
        TrainingRow[] rows = [TrainedModels.Rows[0] with { Label = true }, new("localhost", false)];

        Assert.Equal(1, Assert.Throws<RefusedInputException>(() => TrainedModels.Train(TrainedModels.Definition, rows)).Row);
    }

    public static TheoryData<TrainerDefinition.LightGbm, string> UnsoundTrainers => new()
    {
        { new() { Trees = 0 }, "trees is 0" },
        { new() { Leaves = 1 }, "leaves is 1" },
        { new() { LearningRate = 0 }, "learningRate is 0" },
        { new() { LearningRate = double.NaN }, "learningRate is NaN" },
        { new() { MinimumRowsPerLeaf = 0 }, "minimumRowsPerLeaf is 0" },
        { new() { RowShare = 1.1 }, "rowShare is 1.1" },
        { new() { FeatureShare = 0 }, "featureShare is 0" },
        { new() { L2 = -1 }, "l2 is -1" },
        { new() { Threads = 0 }, "threads is 0" },
    };

    private static byte[] Export(TrainedModel model) =>
        ModelGraph.Compose(TrainedModels.Featurizer.Onnx, model.Ensemble, ImmutableSortedDictionary<string, string>.Empty);

    private static double MeanProbability(TrainedModel model)
    {
        using OnnxScorer scorer = new(Export(model));
        return scorer.Score([.. TrainedModels.Holdout.Select(row => row.Input)]).Average(probability => (double)probability);
    }

    private sealed class Recorder : IProgress<TrainingProgress>
    {
        public ConcurrentQueue<TrainingProgress> Reports { get; } = new();

        public Action? OnFitting { get; init; }

        public void Report(TrainingProgress value)
        {
            Reports.Enqueue(value);
            if (value.Phase == TrainingPhase.Fitting)
            {
                OnFitting?.Invoke();
            }
        }
    }
}
