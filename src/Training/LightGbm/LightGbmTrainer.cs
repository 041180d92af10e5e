using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.LightGbm;

/// <summary>
/// Trains gradient-boosted trees for a binary label with LightGBM. Same featurizer, rows in the same order and hyperparameters (seed and
/// threads among them) give the same bytes.
/// </summary>
public sealed class LightGbmTrainer(TimeProvider time)
{
    /// <summary>How often progress is reported while nothing else happens: binning is one long native call.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(2);

    /// <summary>Trains a model.</summary>
    /// <param name="featurizer">The fitted featurizer graph; features come from it alone.</param>
    /// <param name="rows">The TrainingSet, in a fixed order.</param>
    /// <param name="trainer">The hyperparameters.</param>
    /// <param name="progress">Told of phases, trees and heartbeats, from several threads.</param>
    /// <param name="cancellation">Heard between batches of features and between trees.</param>
    /// <exception cref="UntrainableException">Rows or hyperparameters do not allow a training.</exception>
    /// <exception cref="InvalidOnnxModelException">The featurizer is not one.</exception>
    /// <exception cref="RefusedInputException">A row's input breaks the featurizer's rules.</exception>
    public TrainedModel Train(
        ReadOnlyMemory<byte> featurizer,
        IReadOnlyList<TrainingRow> rows,
        TrainerDefinition.LightGbm trainer,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(trainer);
        TrainingDemands.Demand(rows, trainer);
        using Heartbeat heartbeat = new(time, progress, HeartbeatInterval);

        heartbeat.Enter(TrainingPhase.Featurizing, cancellation);
        SparseRows features = Features(featurizer, rows, trainer, cancellation);

        heartbeat.Enter(TrainingPhase.Fitting, cancellation);
        string parameters = Parameters.Of(trainer);
        using BinnedRows binned = new(features, [.. rows.Select(row => row.Label ? 1f : 0f)], [.. rows.Select(row => row.Weight)], parameters);
        using Booster booster = Booster.Begin(binned, parameters);
        for (int tree = 0; tree < trainer.Trees && booster.Grow(); tree++)
        {
            heartbeat.Grew(tree + 1, trainer.Trees, cancellation);
        }

        heartbeat.Enter(TrainingPhase.Saving, cancellation);
        byte[] text = booster.Save();
        return new TrainedModel(text, ModelText.Read(text), trainer);
    }

    private static SparseRows Features(ReadOnlyMemory<byte> featurizer, IReadOnlyList<TrainingRow> rows, TrainerDefinition.LightGbm trainer, CancellationToken cancellation)
    {
        using FeatureReader reader = new(featurizer, new ScorerOptions { Threads = trainer.Threads });
        Queue<FeatureBatch> batches = new();
        foreach (FeatureBatch batch in reader.Read(InputRows.OfTexts(reader.Schema, rows.Select(row => row.Input))))
        {
            cancellation.ThrowIfCancellationRequested();
            batches.Enqueue(batch);
        }

        return SparseRows.Of(batches, reader.FeatureCount);
    }
}
