using System.Collections.Concurrent;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>ML.NET's FastTree: every objective in every shape of training, the graph says what ML.NET's own predictor says, and twice the same.</summary>
public sealed class FastTreeTrainerTests
{
    private static readonly TrainerDefinition.FastTree Few = new() { Trees = 25, MinimumRowsPerLeaf = 5, BalanceClasses = false };

    public enum Shape
    {
        ManyLeaves,
        Shares,
        Weights,
        Balanced,
        Holes,
        LargeLabels,
    }

    public static TheoryData<TrainingObjective, Shape> Matrix()
    {
        TheoryData<TrainingObjective, Shape> matrix = [];
        foreach (TrainingObjective objective in (TrainingObjective[])[TrainingObjective.Binary, TrainingObjective.Multiclass, TrainingObjective.Squared, TrainingObjective.Tweedie])
        {
            foreach (Shape shape in Enum.GetValues<Shape>().Where(shape => shape != (Tables.TargetOf(objective) == Tables.Number ? Shape.Balanced : Shape.LargeLabels)))
            {
                matrix.Add(objective, shape);
            }
        }

        return matrix;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Graph_OfAnObjectiveInAShape_SaysWhatMlNetSays(TrainingObjective objective, Shape shape)
    {
        Target target = Tables.TargetOf(objective);
        TrainerDefinition.FastTree trainer = Few with
        {
            Objective = objective,
            ObjectiveParameter = objective == TrainingObjective.Tweedie ? 1.3 : null,
            RowShare = shape == Shape.Shares ? 0.7 : 1,
            FeatureShare = shape == Shape.Shares ? 0.5 : 1,
            Leaves = shape == Shape.ManyLeaves ? 31 : 6,
            BalanceClasses = shape == Shape.Balanced,
        };

        TrainedModel model = Train(target, trainer, shape);
        float[][] holdout = Tables.Features(700, seed: 3, holes: true);
        (holdout[0][0], holdout[1][0]) = (float.PositiveInfinity, float.NegativeInfinity);
        using INativeModel native = KnownTrainers.All.For(model.Trainer).Load(model.NativeModel);
        Answers expected = native.Predict(Tables.Batches(holdout));
        ParityReport parity = ParityCheck.Compare(expected, FragmentGraphs.Run(FragmentDocument.Read(FragmentDocument.Write(model.Fragment)), target, holdout), model.Fragment.Link.Parity);

        Assert.True(parity.Holds, $"largest difference {parity.MaximumDifference}");
        Assert.All(expected.Values, answer => Assert.True(float.IsFinite(answer)));
        Assert.True(expected.Values.Distinct().Count() > 10, "a model that says the same of each row shows nothing");
        TrainedModel again = Train(target, trainer with { Threads = 5 }, shape);
        Assert.Equal(model.NativeModel, again.NativeModel);
        Assert.Equal(FragmentDocument.Write(model.Fragment), FragmentDocument.Write(again.Fragment));
        Assert.Equal((1, objective), (model.Trainer.Threads, ((TrainerDefinition.FastTree)model.Trainer).Objective));
    }

    [Theory]
    [InlineData(TrainingObjective.Binary, 0.75)]
    [InlineData(TrainingObjective.Multiclass, 0.75)]
    [InlineData(TrainingObjective.Squared, 0.35)]
    [InlineData(TrainingObjective.Tweedie, 0.6)]
    public void Model_OfUnseenRows_AnswersBetterThanAConstant(TrainingObjective objective, double share)
    {
        Target target = Tables.TargetOf(objective);
        TrainedModel model = Train(target, Few with { Objective = objective, Trees = 60 }, Shape.ManyLeaves);
        float[][] unseen = Tables.Features(500, seed: 9, holes: false);
        double[] labels = [.. unseen.Select((row, index) => Label(objective, Shape.ManyLeaves, Tables.Signal(row, index, 9)))];

        Answers answers = FragmentGraphs.Run(model.Fragment, target, unseen);

        double Wanted(int row, int name) => target.Width > 1 ? (labels[row] == name ? 1 : 0) : labels[row];
        double Error(Func<int, int, double> answer) => Enumerable.Range(0, labels.Length).Sum(row => Enumerable.Range(0, target.Width).Sum(name => Math.Pow(answer(row, name) - Wanted(row, name), 2)));
        double[] constants = [.. Enumerable.Range(0, target.Width).Select(name => Enumerable.Range(0, labels.Length).Average(row => Wanted(row, name)))];
        Assert.InRange(Error((row, name) => answers.Of(row)[name]), 0, share * Error((_, name) => constants[name]));
    }

    [Fact]
    public void Train_AFeatureThatIsMissing_IsLearntAsBelowAllOthers()
    {
        float[][] rows = [.. Enumerable.Range(0, 400).Select(row => (float[])[row % 4 == 0 ? float.NaN : (row % 7) - 3])];
        TrainedModel model = Tables.Train(Tables.Number, Few, Tables.Rows(rows, rows.Select(row => float.IsNaN(row[0]) ? 10.0 : 0)));

        Answers answers = FragmentGraphs.Run(model.Fragment, Tables.Number, [[float.NaN], [-3], [0], [3], [-1e30f]]);

        Assert.InRange(answers.Values[0], 9, 10);
        Assert.All(answers.Values[1..], answer => Assert.InRange(answer, 0, 1));
    }

    [Fact]
    public void Train_FeaturesWithoutASplit_AnswersAlikeForAllRows()
    {
        float[][] rows = [.. Enumerable.Range(0, 60).Select(_ => (float[])[7, 0])];
        TrainedModel model = Tables.Train(Tables.Number, Few, Tables.Rows(rows, rows.Select((_, row) => row % 2 * 3.0)));

        using INativeModel native = KnownTrainers.All.For(model.Trainer).Load(model.NativeModel);
        Answers answers = FragmentGraphs.Run(model.Fragment, Tables.Number, rows);

        Assert.All(answers.Values, answer => Assert.Equal(1.5, answer, 1e-6));
        Assert.All(native.Predict(Tables.Batches(rows)).Values, answer => Assert.Equal(1.5, answer, 1e-6));
    }

    [Fact]
    public void Train_Told_HearsOfEveryTreeOfEveryClass()
    {
        Recorder progress = new();
        float[][] rows = Tables.Features(300, seed: 1, holes: false);
        using Heartbeat heartbeat = new(TimeProvider.System, progress, TimeSpan.FromMilliseconds(1));
        KnownTrainers.All.For(Few).Train(TaskOf(rows), heartbeat, TestContext.Current.CancellationToken);
        heartbeat.Enter(TrainingPhase.Saving, CancellationToken.None);

        Assert.All(progress.Reports.Where(report => report.Phase == TrainingPhase.Fitting && report.Done > 0), report => Assert.Equal(75, report.Wanted));
        Assert.InRange(progress.Reports.Max(report => report.Done), 1, 75);
    }

    [Fact]
    public void Train_ToldToStop_StopsBetweenTrees()
    {
        using CancellationTokenSource stop = new();
        float[][] rows = Tables.Features(300, seed: 1, holes: false);
        using Heartbeat heartbeat = new(TimeProvider.System, new Stop(stop), TimeSpan.FromMilliseconds(1));

        Assert.ThrowsAny<OperationCanceledException>(() => KnownTrainers.All.For(Few).Train(
            TaskOf(rows, Few with { Trees = 10_000 }), heartbeat, stop.Token));
    }

    [Fact]
    public void Train_WhatFastTreeCannotLearn_IsRefused()
    {
        Assert.Contains("objective is huber, which FastTree does not have; expected squared or tweedie, or the trainer lightGbm", Refusal(new() { Objective = TrainingObjective.Huber, ObjectiveParameter = 1 }), StringComparison.Ordinal);
        Assert.Contains("objective is binary", Refusal(new() { Objective = TrainingObjective.Binary }), StringComparison.Ordinal);
        Assert.Contains("training row 0 has label -1, which objective tweedie cannot learn", Refusal(new() { Objective = TrainingObjective.Tweedie }), StringComparison.Ordinal);
        Assert.Contains("objectiveParameter of objective tweedie is 2", Refusal(new() { Objective = TrainingObjective.Tweedie, ObjectiveParameter = 2 }), StringComparison.Ordinal);
        Assert.Contains("trees is 0; expected at least 1", Refusal(new() { Trees = 0 }), StringComparison.Ordinal);
        Assert.Contains("leaves is 1; expected at least 2", Refusal(new() { Leaves = 1 }), StringComparison.Ordinal);
        Assert.Contains("learningRate is 0; expected more than 0 and at most 1", Refusal(new() { LearningRate = 0 }), StringComparison.Ordinal);
        Assert.Contains("minimumRowsPerLeaf is 0; expected at least 1", Refusal(new() { MinimumRowsPerLeaf = 0 }), StringComparison.Ordinal);
        Assert.Contains("rowShare is 2; expected more than 0 and at most 1", Refusal(new() { RowShare = 2 }), StringComparison.Ordinal);
        Assert.Contains("featureShare is 0; expected more than 0 and at most 1", Refusal(new() { FeatureShare = 0 }), StringComparison.Ordinal);

        static string Refusal(TrainerDefinition.FastTree trainer) => Assert.Throws<UntrainableException>(
            () => Tables.Train(Tables.Number, trainer, Tables.Rows([[1], [2], [3]], [-1, 2, 3]))).Message;
    }

    private static TrainingTask TaskOf(float[][] rows, TrainerDefinition.FastTree? trainer = null) => new()
    {
        Target = Tables.Classes,
        Definition = trainer ?? Few,
        Rows = new LabelledFeatures(
            Lifecycle.Training.Matrices.FeatureMatrix.Of(Tables.Batches(rows), rows.Length, rows[0].Length, CancellationToken.None), [.. rows.Select((_, row) => (double)(row % 3))], []),
    };

    private static TrainedModel Train(Target target, TrainerDefinition.FastTree trainer, Shape shape)
    {
        float[][] rows = Tables.Features(1200, seed: 1, holes: shape == Shape.Holes);
        return Tables.Train(target, trainer, Tables.Rows(
            rows,
            rows.Select((row, index) => Label(trainer.Objective!.Value, shape, Tables.Signal(row, index, 1))),
            shape == Shape.Weights ? rows.Select((_, row) => 0.2 + (row % 7)) : null));
    }

    private static double Label(TrainingObjective objective, Shape shape, double signal) => objective switch
    {
        TrainingObjective.Binary => signal > 0 ? 1 : 0,
        TrainingObjective.Multiclass => Math.Clamp((int)Math.Floor((signal + 2) / 4 * 3), 0, 2),
        TrainingObjective.Squared => shape == Shape.LargeLabels ? 1e7 + (1000 * signal) : 10 * signal,
        _ => (signal < 0 ? 0 : Math.Exp(2 * signal)) * (shape == Shape.LargeLabels ? 1e6 : 1),
    };

    private sealed class Recorder : IProgress<TrainingProgress>
    {
        public ConcurrentQueue<TrainingProgress> Reports { get; } = new();

        public void Report(TrainingProgress value) => Reports.Enqueue(value);
    }

    private sealed class Stop(CancellationTokenSource cancellation) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Done > 0)
            {
                cancellation.Cancel();
            }
        }
    }
}
