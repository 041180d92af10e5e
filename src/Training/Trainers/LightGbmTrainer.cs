using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Scoring;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Lifecycle.Training.Trainers;

using LightGbmModel = CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator>;

/// <summary>
/// Trains gradient-boosted trees for a binary label with ML.NET's LightGBM. Same featurizer, rows in the same order and
/// hyperparameters (seed and threads among them) give the same bytes.
/// </summary>
public sealed class LightGbmTrainer(TimeProvider time)
{
    /// <summary>How often progress is reported while nothing else happens: fitting is one long native call.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(2);

    // The link LightGBM optimises for and calibrates by; ML.NET's own default of 0.5 only scales the leaves.
    private const double Sigmoid = 1;

    static LightGbmTrainer() => OpenMpThreads.SleepAtBarriers();

    /// <summary>Memory for computed features; beyond it they are computed again on every pass. Default 1 GiB.</summary>
    public long MaximumFeatureBytes { get; init; } = 1L << 30;

    /// <summary>Trains a model.</summary>
    /// <param name="featurizer">The fitted featurizer graph; features come from it alone.</param>
    /// <param name="rows">The TrainingSet, in a fixed order.</param>
    /// <param name="trainer">The hyperparameters.</param>
    /// <param name="progress">Told of phases and heartbeats, from several threads.</param>
    /// <param name="cancellation">Heard between phases and on every pass over the rows, not while trees are grown.</param>
    /// <exception cref="UntrainableException">Rows or hyperparameters do not allow a training.</exception>
    /// <exception cref="InvalidOnnxModelException">The featurizer is not one.</exception>
    /// <exception cref="RefusedInputException">A row's input breaks the featurizer's rules.</exception>
    public TrainedModel Train(
        ReadOnlyMemory<byte> featurizer,
        IReadOnlyList<TrainingRow> rows,
        TrainerDefinition trainer,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(trainer);
        TrainingDemands.Demand(rows, trainer);
        using Heartbeat heartbeat = new(time, progress, HeartbeatInterval);

        heartbeat.Enter(TrainingPhase.Featurizing, cancellation);
        using FeatureReader reader = new(featurizer, new ScorerOptions { Threads = trainer.Threads });
        FeatureRows features = new(reader, rows, MaximumFeatureBytes, cancellation);
        features.Fill();

        heartbeat.Enter(TrainingPhase.Fitting, cancellation);
        MLContext context = new(trainer.Seed);
        IDataView view = features.View(context);
        BinaryPredictionTransformer<LightGbmModel> fitted = Fit(context, view, trainer);

        heartbeat.Enter(TrainingPhase.Saving, cancellation);
        return new TrainedModel(NativeModel.Save(context, fitted, view.Schema), LightGbmEnsemble.Read(fitted.Model, reader.FeatureCount), trainer);
    }

    private static BinaryPredictionTransformer<LightGbmModel> Fit(MLContext context, IDataView view, TrainerDefinition trainer)
    {
        try
        {
            return context.BinaryClassification.Trainers.LightGbm(Options(trainer)).Fit(view);
        }
        catch (Exception wrapped) when (wrapped.InnerException is OperationCanceledException or RefusedInputException)
        {
            // ML.NET wraps what its rows throw.
            throw wrapped.InnerException;
        }
    }

    private static LightGbmBinaryTrainer.Options Options(TrainerDefinition trainer) => new()
    {
        LabelColumnName = nameof(FeatureRow.Label),
        FeatureColumnName = nameof(FeatureRow.Features),
        ExampleWeightColumnName = nameof(FeatureRow.Weight),
        NumberOfIterations = trainer.Trees,
        NumberOfLeaves = trainer.Leaves,
        LearningRate = trainer.LearningRate,
        MinimumExampleCountPerLeaf = trainer.MinimumRowsPerLeaf,
        UnbalancedSets = trainer.BalanceClasses,
        Sigmoid = Sigmoid,
        Seed = trainer.Seed,
        NumberOfThreads = trainer.Threads,
        Deterministic = true,
        ForceRowWise = true,
        UseCategoricalSplit = false,
        Booster = new GradientBooster.Options
        {
            SubsampleFraction = trainer.RowShare,
            SubsampleFrequency = 1,
            FeatureFraction = trainer.FeatureShare,
            L2Regularization = trainer.L2,
        },
    };
}
