using System.Collections.Concurrent;
using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

public sealed class LightGbmTrainerTests
{
    [Fact]
    public void Train_TheSameTwice_GivesTheSameBytesOfEverything()
    {
        TrainedModel again = TrainedModels.Train(TrainedModels.Definition);

        Assert.Equal(TrainedModels.Model.NativeModel, again.NativeModel);
        Assert.Equal(FragmentDocument.Write(TrainedModels.Model.Fragment), FragmentDocument.Write(again.Fragment));
        Assert.Equal(Export(TrainedModels.Model), Export(again));
    }

    [Fact]
    public void Train_AnotherSeed_GivesOtherTrees()
    {
        TrainedModel other = TrainedModels.Train(TrainedModels.Definition with { Seed = 8 });

        Assert.NotEqual(FragmentDocument.Write(TrainedModels.Model.Fragment), FragmentDocument.Write(other.Fragment));
    }

    [Fact]
    public void Train_Hyperparameters_ShapeTheEnsemble()
    {
        Assert.Equal(40, TrainedModels.Ensemble.Trees.Length);
        Assert.All(TrainedModels.Ensemble.Trees, tree => Assert.InRange(tree.Leaves.Length, 2, 31));
        Assert.Equal(TrainedModels.Featurizer.FeatureNames.Length, TrainedModels.Ensemble.FeatureCount);
        Assert.Equal(new ScoreLink.Logistic(1, 0), TrainedModels.Ensemble.Link);
        Assert.Equal(TrainedModels.Definition with { Objective = TrainingObjective.Binary }, TrainedModels.Model.Trainer);
    }

    [Fact]
    public void Train_WeightsOfOneClassRaised_MovesProbabilitiesItsWay()
    {
        TrainerDefinition.LightGbm unbalanced = TrainedModels.Definition with { BalanceClasses = false };
        ImmutableArray<double> weighted = [.. TrainedModels.Rows.Select(row => row.Label ? 10.0 : 1)];

        Assert.True(MeanProbability(TrainedModels.Train(unbalanced, weighted)) > MeanProbability(TrainedModels.Train(unbalanced)) + 0.05);
    }

    [Fact]
    public void Train_RowsWithoutAZeroAmongTheirFeatures_KeepsParity()
    {
        FittedFeaturizer oneDomain = FeatureViews.Fit(TrainedModels.Rows, FeatureViews.With(new RowTransform.TopLevelDomainOneHot { MaximumTerms = 1 }));
        TrainedModel model = TrainedModels.Train(oneDomain, TrainedModels.Definition);
        string[] inputs = [.. TrainedModels.Holdout.Select(row => row.Input)];
        using OnnxScorer scorer = new(TrainedModels.Export(model.Fragment, oneDomain));

        Assert.True(ParityCheck.Compare(TrainedModels.PredictHoldout(model, oneDomain).AsSpan(), scorer.Score(inputs)).Holds);
        Assert.Equal(2, scorer.Score(inputs).Distinct().Count());
    }

    [Fact]
    public void Train_Progress_TellsEveryPhaseInOrder()
    {
        Recorder progress = new();

        TrainedModels.Train(TrainedModels.Definition with { Trees = 1 }, progress: progress);

        Assert.Equal(
            [TrainingPhase.Featurizing, TrainingPhase.Fitting, TrainingPhase.Saving],
            progress.Reports.Select(report => report.Phase).Distinct());
    }

    [Fact]
    public void Train_Cancelled_Stops()
    {
        using CancellationTokenSource cancellation = new();
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => TrainedModels.Train(TrainedModels.Definition, cancellation: cancellation.Token));
    }

    [Fact]
    public void Train_CancelledWhileTreesAreGrown_StopsAtTheNextTree()
    {
        using CancellationTokenSource cancellation = new();
        Recorder progress = new() { OnFitting = cancellation.Cancel };

        Assert.ThrowsAny<OperationCanceledException>(() => TrainedModels.Train(TrainedModels.Definition with { Trees = int.MaxValue }, progress: progress, cancellation: cancellation.Token));
    }

    [Theory]
    [MemberData(nameof(UnsoundTrainers))]
    public void Train_UnsoundHyperparameter_IsNamed(TrainerDefinition.LightGbm trainer, string field) =>
        Assert.Contains(field, Assert.Throws<UntrainableException>(() => TrainedModels.Train(trainer)).Message, StringComparison.Ordinal);

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
        { new() { EarlyStopping = 5 }, "there are none; set a part of the training rows apart" },
        { new() { Objective = TrainingObjective.Squared }, "the target asks for one probability; expected binary" },
        { new() { ObjectiveParameter = 1 }, "objective binary has no parameter" },
    };

    private static byte[] Export(TrainedModel model) => TrainedModels.Export(model.Fragment);

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
