using Lifecycle.Domain.Training;
using Lifecycle.Training.Matrices;
using Lifecycle.Training.Trainers;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Lifecycle.Training.FastTree;

/// <summary>The training of the trees of one raw score.</summary>
/// <param name="trainer">The hyperparameters, with an objective and its parameter.</param>
internal sealed class ScoreTraining(TrainerDefinition.FastTree trainer)
{
    /// <summary>The feature vectors.</summary>
    public required FeatureMatrix Rows { get; init; }

    /// <summary>A label for each, in the unit that is learnt; 1 and 0 where it is a class or none.</summary>
    public required double[] Labels { get; init; }

    /// <summary>A weight for each; null weighs all alike.</summary>
    public required double[]? Weights { get; init; }

    /// <summary>Told of what ML.NET logs.</summary>
    public required TreeCount Told { get; init; }

    /// <summary>Trains.</summary>
    /// <exception cref="UntrainableException">ML.NET refused the rows.</exception>
    /// <exception cref="OperationCanceledException">The training is to stop.</exception>
    public TrainedScore Run()
    {
        MLContext context = new(trainer.Seed);
        context.Log += Told.Listen;
        IDataView table = ExampleRow.Table(context, Rows, Labels, Weights, Told.Check);
        try
        {
            return trainer.Objective switch
            {
                TrainingObjective.Squared => OfNumber(context, table, context.Regression.Trainers.FastTree(
                    With(new FastTreeRegressionTrainer.Options(), nameof(ExampleRow.Label))).Fit(table)),
                TrainingObjective.Tweedie => OfNumber(context, table, context.Regression.Trainers.FastTreeTweedie(
                    With(new FastTreeTweedieTrainer.Options { Index = trainer.ObjectiveParameter!.Value }, nameof(ExampleRow.Label))).Fit(table)),
                _ => OfClass(context, table, context.BinaryClassification.Trainers.FastTree(
                    With(new FastTreeBinaryTrainer.Options(), nameof(ExampleRow.IsPositive))).Fit(table)),
            };
        }
        catch (Exception refused) when (refused is InvalidOperationException or ArgumentException)
        {
            throw new UntrainableException($"FastTree refused: {refused.Message.TrimEnd('.')}", refused);
        }
    }

    private static TrainedScore OfNumber<TModel>(MLContext context, IDataView table, RegressionPredictionTransformer<TModel> model)
        where TModel : TreeEnsembleModelParametersBasedOnRegressionTree =>
        new(model.Model.TrainedTreeEnsemble, Saved(context, model, table), Calibrator: null);

    private static TrainedScore OfClass(
        MLContext context, IDataView table, BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> model) =>
        new(model.Model.SubModel.TrainedTreeEnsemble, Saved(context, model, table), model.Model.Calibrator);

    private static byte[] Saved(MLContext context, ITransformer model, IDataView table)
    {
        using MemoryStream saved = new();
        context.Model.Save(model, table.Schema, saved);
        return saved.ToArray();
    }

    private TOptions With<TOptions>(TOptions options, string label)
        where TOptions : BoostedTreeOptions
    {
        options.FeatureColumnName = nameof(ExampleRow.Features);
        options.LabelColumnName = label;
        options.ExampleWeightColumnName = Weights is null ? null : nameof(ExampleRow.Weight);
        options.NumberOfTrees = trainer.Trees;
        options.NumberOfLeaves = trainer.Leaves;
        options.LearningRate = trainer.LearningRate;
        options.MinimumExampleCountPerLeaf = trainer.MinimumRowsPerLeaf;
        options.FeatureFraction = trainer.FeatureShare;
        options.BaggingSize = trainer.RowShare < 1 ? 1 : 0;
        options.BaggingExampleFraction = trainer.RowShare;
        options.Seed = trainer.Seed;
        options.FeatureSelectionSeed = trainer.Seed;
        options.NumberOfThreads = 1;
        return options;
    }
}

/// <summary>The trees of one raw score.</summary>
/// <param name="Trees">The trees.</param>
/// <param name="Saved">The model as ML.NET saves it.</param>
/// <param name="Calibrator">What makes a probability of a score; null where the score is a number's.</param>
internal sealed record TrainedScore(RegressionTreeEnsemble Trees, byte[] Saved, PlattCalibrator? Calibrator);
