using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Training;

namespace Lifecycle.Training.LightGbm;

/// <summary>LightGBM's parameters, <c>name=value</c> between spaces (its page <c>Parameters</c>).</summary>
internal static class Parameters
{
    /// <summary>What holds for every training: the same rows, seed and threads give the same trees, and nothing is printed.</summary>
    private const string Pinned = "deterministic=true force_row_wise=true verbosity=-1";

    /// <summary>Sum of a leaf's second derivatives at least; LightGBM's own 0.001 lets leaves of a few rows in.</summary>
    private const double MinimumHessian = 0.1;

    /// <summary>The same behind a log link, where the derivatives are as small as the label's unit makes them.</summary>
    private const double MinimumHessianOfLogs = 0.001;

    /// <summary>The parameters of a training.</summary>
    /// <param name="trainer">The hyperparameters, with an objective and its parameter.</param>
    /// <param name="width">Numbers in one answer, the classes of a multiclass model.</param>
    /// <param name="monotone">Direction of each feature; none where nothing is asked for.</param>
    public static string Of(TrainerDefinition.LightGbm trainer, int width, ImmutableArray<int> monotone)
    {
        string balance = trainer.Objective == TrainingObjective.Binary ? $" is_unbalance={(trainer.BalanceClasses ? "true" : "false")}" : "";
        string directions = monotone.IsEmpty ? "" : $" monotone_constraints={string.Join(',', monotone)}";
        double hessian = trainer.Objective is TrainingObjective.Poisson or TrainingObjective.Gamma or TrainingObjective.Tweedie ? MinimumHessianOfLogs : MinimumHessian;
        string trees = Trees(trainer.Leaves, trainer.LearningRate, trainer.MinimumRowsPerLeaf, hessian, trainer.FeatureShare, trainer.L2, trainer.Seed, trainer.Threads);
        return string.Create(CultureInfo.InvariantCulture, $"{Objective(trainer, width)} {trees}{balance} bagging_fraction={trainer.RowShare:R} bagging_freq=1{directions}");
    }

    /// <summary>The parameters of a binary model by themselves.</summary>
    public static string Binary(int leaves, double learningRate, int minimumRowsPerLeaf, double featureShare, double l2, int seed, int threads) =>
        $"objective=binary sigmoid=1 {Trees(leaves, learningRate, minimumRowsPerLeaf, MinimumHessian, featureShare, l2, seed, threads)}";

    /// <summary>The parameters of a model of a mean by themselves.</summary>
    public static string Mean(int leaves, double learningRate, int minimumRowsPerLeaf, double featureShare, double l2, int seed, int threads) =>
        $"objective=regression {Trees(leaves, learningRate, minimumRowsPerLeaf, MinimumHessian, featureShare, l2, seed, threads)}";

    private static string Trees(int leaves, double learningRate, int minimumRowsPerLeaf, double hessian, double featureShare, double l2, int seed, int threads) => string.Create(
        CultureInfo.InvariantCulture,
        $"num_leaves={leaves} learning_rate={learningRate:R} min_data_in_leaf={minimumRowsPerLeaf} min_sum_hessian_in_leaf={hessian:R} feature_fraction={featureShare:R} lambda_l2={l2:R} seed={seed} num_threads={threads} {Pinned}");

    private static string Objective(TrainerDefinition.LightGbm trainer, int width)
    {
        string? parameter = trainer.ObjectiveParameter?.ToString("R", CultureInfo.InvariantCulture);
        return trainer.Objective switch
        {
            TrainingObjective.Binary => "objective=binary sigmoid=1",
            TrainingObjective.Multiclass => $"objective=multiclass num_class={width}",
            TrainingObjective.Squared => "objective=regression",
            TrainingObjective.Absolute => "objective=regression_l1",
            TrainingObjective.Huber => $"objective=huber alpha={parameter}",
            TrainingObjective.Quantile => $"objective=quantile alpha={parameter}",
            TrainingObjective.Poisson => "objective=poisson",
            TrainingObjective.Gamma => "objective=gamma",
            TrainingObjective.Tweedie => $"objective=tweedie tweedie_variance_power={parameter}",
            _ => throw new InvalidOperationException($"The objective {trainer.Objective} has no name in LightGBM."),
        };
    }
}
