using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>Linear models: what they answer, by formulas with a solution on paper, and that their graphs say the same.</summary>
public sealed class LinearTrainerTests
{
    private static readonly TrainerDefinition.Linear Free = new() { L2 = 0, BalanceClasses = false };

    public enum Shape
    {
        Dense,
        Sparse,
        Weights,
        Missing,
        LargeLabels,
    }

    public static TheoryData<TrainingObjective, Shape> Matrix()
    {
        TheoryData<TrainingObjective, Shape> matrix = [];
        foreach (TrainingObjective objective in (TrainingObjective[])[TrainingObjective.Binary, TrainingObjective.Multiclass, TrainingObjective.Squared, TrainingObjective.Poisson, TrainingObjective.Gamma, TrainingObjective.Tweedie])
        {
            foreach (Shape shape in Enum.GetValues<Shape>().Where(shape => shape != Shape.LargeLabels || Tables.TargetOf(objective) == Tables.Number))
            {
                matrix.Add(objective, shape);
            }
        }

        return matrix;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Graph_OfAnObjectiveInAShape_SaysWhatTheModelSays_WithAnyNumberOfThreads(TrainingObjective objective, Shape shape)
    {
        Target target = Tables.TargetOf(objective);
        float[][] training = Features(1500, 1, shape, awkward: false);
        TrainingRows Rows() => Tables.Rows(
            training,
            training.Select((row, index) => Label(objective, shape, Tables.Signal(row, index, 1) + (shape == Shape.Sparse ? 0.7 : 0))),
            shape == Shape.Weights ? training.Select((_, row) => 0.2 + (row % 7)) : null);
        TrainerDefinition.Linear trainer = new() { Objective = objective, ObjectiveParameter = objective == TrainingObjective.Tweedie ? 1.3 : null };

        TrainedModel model = Tables.Train(target, trainer, Rows());
        float[][] holdout = Features(700, 3, shape, awkward: true);
        (holdout[0][0], holdout[1][0]) = (float.PositiveInfinity, float.NegativeInfinity);
        using INativeModel native = KnownTrainers.All.For(model.Trainer).Load(model.NativeModel);
        Answers expected = native.Predict(Tables.Batches(holdout));
        ParityReport parity = ParityCheck.Compare(expected, FragmentGraphs.Run(FragmentDocument.Read(FragmentDocument.Write(model.Fragment)), target, holdout), model.Fragment.Link.Parity);

        Assert.True(parity.Holds, $"largest difference {parity.MaximumDifference}");
        Assert.All(expected.Values, answer => Assert.True(float.IsFinite(answer)));
        Assert.True(expected.Values.Distinct().Count() > 10, "a model that says the same of each row shows nothing");
        TrainedModel again = Tables.Train(target, trainer with { Threads = 1 }, Rows());
        Assert.Equal(model.NativeModel, again.NativeModel);
        Assert.Equal(FragmentDocument.Write(model.Fragment), FragmentDocument.Write(again.Fragment));
    }

    [Theory]
    [InlineData(TrainingObjective.Squared, null)]
    [InlineData(TrainingObjective.Poisson, null)]
    [InlineData(TrainingObjective.Gamma, null)]
    [InlineData(TrainingObjective.Tweedie, 1.7)]
    public void Objective_OfTwoGroups_AnswersWithTheirWeightedMeans(TrainingObjective objective, double? power)
    {
        double[] answers = Answers(Tables.Number, Free with { Objective = objective, ObjectiveParameter = power }, [0, 0, 0, 1, 1], [2, 4, 9, 30, 60], [1, 1, 2, 1, 2]);

        Assert.Equal(6, answers[0], 1e-4);
        Assert.Equal(50, answers[4], 1e-3);
    }

    [Fact]
    public void Binary_OfTwoGroups_AnswersWithTheirShares()
    {
        double[] answers = Answers(Tables.Binary, Free, [0, 0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1, 0]);

        Assert.Equal(1 / 4.0, answers[0], 1e-5);
        Assert.Equal(2 / 3.0, answers[6], 1e-5);
    }

    [Fact]
    public void Binary_OfBalancedClasses_CountsBothAlike()
    {
        double[] answers = Answers(Tables.Binary, Free with { BalanceClasses = true }, [0, 0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 0, 0, 1]);

        // Seven rows: each of the five of class 0 weighs 7 / (2 · 5), each of the two of class 1 7 / (2 · 2).
        Assert.Equal(1.75 / (1.75 + (3 * 0.7)), answers[0], 1e-5);
        Assert.Equal(1.75 / (1.75 + (2 * 0.7)), answers[6], 1e-5);
    }

    [Fact]
    public void Multiclass_OfTwoGroups_AnswersWithTheirShares()
    {
        double[] answers = Answers(Tables.Classes, Free, [0, 0, 0, 0, 1, 1, 1, 1, 1], [0, 1, 2, 2, 0, 0, 0, 1, 2]);

        Assert.Equal([0.25, 0.25, 0.5], answers[..3].Select(answer => Math.Round(answer, 4)));
        Assert.Equal([0.6, 0.2, 0.2], answers[^3..].Select(answer => Math.Round(answer, 4)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void L2_OfSquaredErrors_ShrinksAsTheFormulaOfRidgeRegressionSays(double unit)
    {
        // One feature, standardised, of 4 rows: its weight in deviations of the label is r · 4 / (4 + L2), r their correlation.
        float[] feature = [1, 2, 3, 6];
        double[] labels = [1 * unit, 3 * unit, 2 * unit, 6 * unit];
        double correlation = 13 / Math.Sqrt(14 * 14.0);

        double[] answers = Answers(Tables.Number, Free with { L2 = 2 }, feature, labels);

        Assert.Equal((3 + (correlation * 4 / 6 * 3)) * unit, answers[3], 1e-4 * unit);
        Assert.Equal((3 - (correlation * 4 / 6 * 2)) * unit, answers[0], 1e-4 * unit);
    }

    [Fact]
    public void Missing_CountsAsTheMean_AndFarNumbersAsTwiceTheFarthest()
    {
        TrainedModel model = Tables.Train(Tables.Number, Free, Tables.Rows([[1, 5], [2, 5], [3, 5], [6, 5], [float.NaN, 5]], [1, 3, 2, 6, 3]));

        double[] answers = Predict(model, [[3, 5], [float.NaN, float.NaN], [9, 5], [1e9f, 5], [-3, 5], [float.NegativeInfinity, 1e9f]]);

        Assert.Equal(answers[0], answers[1], 1e-6);
        Assert.Equal(answers[2], answers[3], 1e-5);
        Assert.Equal(answers[4], answers[5], 1e-5);
        Assert.True(answers[2] > answers[0] && answers[0] > answers[4]);
    }

    [Fact]
    public void Graph_OfThousandsOfFeatures_SaysOfOneRowWhatItSaysOfMany()
    {
        // Watch compares a logged answer with that of a batch, up to 1e-5.
        Random random = new(8);
        float[] Numbers(double size) => [.. Enumerable.Range(0, 3000).Select(_ => (float)((random.NextDouble() - 0.5) * size))];
        float[][] rows = [.. Enumerable.Range(0, 40).Select(_ => Numbers(4))];
        LinearScores scores = new()
        {
            FeatureCount = 3000, Link = new ScoreLink.Logistic(1, 0), Means = [.. Numbers(1)], Scales = [.. Enumerable.Repeat(1.5f, 3000)],
            Reach = [.. Enumerable.Repeat(9f, 3000)], Weights = [.. Numbers(0.2)], Intercepts = [0.25f],
        };

        ImmutableArray<float> many = FragmentGraphs.Run(scores, Tables.Binary, rows).Values;

        Assert.All(rows.Index(), row => Assert.Equal(many[row.Index], FragmentGraphs.Run(scores, Tables.Binary, [row.Item]).Values[0], 3e-6f));
        Assert.True(many.Count(answer => answer is > 0.05f and < 0.95f) > 10);
    }

    [Fact]
    public void Train_OneStepAlone_StopsThere()
    {
        float[][] rows = Tables.Features(300, 5, holes: false);
        double[] labels = [.. rows.Select((row, index) => Math.Exp(Tables.Signal(row, index, 5)))];
        TrainerDefinition.Linear poisson = Free with { Objective = TrainingObjective.Poisson };

        Assert.True(Deviance(poisson with { Iterations = 1 }) > Deviance(poisson with { Iterations = 4 }));
        Assert.True(Deviance(poisson with { Iterations = 4 }) > Deviance(poisson) + 1e-9);

        double Deviance(TrainerDefinition trainer) => Predict(Tables.Train(Tables.Number, trainer, Tables.Rows(rows, labels)), rows)
            .Zip(labels, (answer, label) => answer - (label * Math.Log(answer))).Sum();
    }

    [Fact]
    public void Train_Cancelled_StopsAtTheNextStep()
    {
        using CancellationTokenSource cancellation = new();
        float[][] rows = Tables.Features(300, 5, holes: false);
        TrainingOrder order = new(Tables.Number, Free, Tables.Rows(rows, rows.Select((row, index) => Tables.Signal(row, index, 5))));

        Assert.ThrowsAny<OperationCanceledException>(() => new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(order, new Stop(cancellation), cancellation.Token));
    }

    [Fact]
    public void Train_WhatALinearModelCannotLearn_SaysWhatWasFoundAndExpected()
    {
        Assert.Contains("objective is huber, and a linear model learns means; expected squared, poisson, gamma or tweedie, or the trainer lightGbm", Refusal(new() { Objective = TrainingObjective.Huber, ObjectiveParameter = 1 }), StringComparison.Ordinal);
        Assert.Contains("objective is binary", Refusal(new() { Objective = TrainingObjective.Binary }), StringComparison.Ordinal);
        Assert.Contains("training row 0 has label -1, which objective poisson cannot learn", Refusal(new() { Objective = TrainingObjective.Poisson }), StringComparison.Ordinal);
        Assert.Contains("l2 is -1; expected a finite number, not negative", Refusal(new() { L2 = -1 }), StringComparison.Ordinal);
        Assert.Contains("iterations is 0; expected at least 1", Refusal(new() { Iterations = 0 }), StringComparison.Ordinal);
        Assert.Contains("threads is 0; expected at least 1", Refusal(new() { Threads = 0 }), StringComparison.Ordinal);
        Assert.Contains("feature 'far' of training row 1 is 2E+30; a linear model expects at most 1E+30", Refusal(new(), 2e30f), StringComparison.Ordinal);

        static string Refusal(TrainerDefinition.Linear trainer, float far = 1) => Assert.Throws<UntrainableException>(
            () => Tables.Train(Tables.Number, trainer, Tables.Rows([[1], [far], [3]], [-1, 2, 3]), names: ["far"])).Message;
    }

    private static double[] Answers(Target target, TrainerDefinition.Linear trainer, float[] feature, double[] labels, double[]? weights = null)
    {
        float[][] rows = [.. feature.Select(value => (float[])[value])];
        return Predict(Tables.Train(target, trainer, Tables.Rows(rows, labels, weights)), rows);
    }

    private static double[] Predict(TrainedModel model, float[][] rows)
    {
        using INativeModel native = KnownTrainers.All.For(model.Trainer).Load(model.NativeModel);
        return [.. Tables.Batches(rows).SelectMany(native.Predict)];
    }

    private static float[][] Features(int count, int seed, Shape shape, bool awkward)
    {
        float[][] rows = Tables.Features(count, seed, holes: awkward);
        Random random = new(seed);
        foreach (float[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                bool hits = random.Next(4) == 0;
                row[i] = (shape, hits) switch
                {
                    (Shape.Missing, true) => float.NaN,
                    (Shape.Sparse, false) => 0,

                    // A column far from zero, as a year is.
                    _ when i == 4 => row[i] + 2000,
                    _ => row[i],
                };
            }
        }

        return rows;
    }

    private static double Label(TrainingObjective objective, Shape shape, double signal) => objective switch
    {
        TrainingObjective.Binary => signal > 0 ? 1 : 0,
        TrainingObjective.Multiclass => Math.Clamp((int)Math.Floor((signal + 2) / 4 * 3), 0, 2),
        TrainingObjective.Squared => shape == Shape.LargeLabels ? 1e7 + (1000 * signal) : 10 * signal,
        TrainingObjective.Gamma => Math.Exp(signal) * (shape == Shape.LargeLabels ? 1e9 : 1),
        _ => Math.Floor(Math.Exp(signal)) * (shape == Shape.LargeLabels ? 1e6 : 1),
    };

    private sealed class Stop(CancellationTokenSource cancellation) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Phase == TrainingPhase.Fitting)
            {
                cancellation.Cancel();
            }
        }
    }
}
