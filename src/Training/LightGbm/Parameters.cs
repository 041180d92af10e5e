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

    /// <summary>The parameters of a binary model.</summary>
    public static string Of(TrainerDefinition.LightGbm trainer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Binary(trainer.Leaves, trainer.LearningRate, trainer.MinimumRowsPerLeaf, trainer.FeatureShare, trainer.L2, trainer.Seed, trainer.Threads)} is_unbalance={(trainer.BalanceClasses ? "true" : "false")} bagging_fraction={trainer.RowShare:R} bagging_freq=1");

    /// <summary>The parameters of a binary model by themselves.</summary>
    public static string Binary(int leaves, double learningRate, int minimumRowsPerLeaf, double featureShare, double l2, int seed, int threads) => string.Create(
        CultureInfo.InvariantCulture,
        $"objective=binary sigmoid=1 num_leaves={leaves} learning_rate={learningRate:R} min_data_in_leaf={minimumRowsPerLeaf} min_sum_hessian_in_leaf={MinimumHessian:R} feature_fraction={featureShare:R} lambda_l2={l2:R} seed={seed} num_threads={threads} {Pinned}");
}
