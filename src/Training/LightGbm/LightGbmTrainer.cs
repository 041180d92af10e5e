using Lifecycle.Domain.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.LightGbm;

/// <summary>
/// Trains gradient-boosted trees with LightGBM. Same rows in the same order and same hyperparameters (seed and threads among them) give the
/// same bytes. Objectives and options: docs/formats/trainers.md.
/// </summary>
public sealed class LightGbmTrainer : ITrainer
{
    /// <inheritdoc/>
    public Type Definition => typeof(TrainerDefinition.LightGbm);

    /// <inheritdoc/>
    public TrainedModel Train(TrainingTask task, Heartbeat heartbeat, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(heartbeat);
        TrainerDefinition.LightGbm trainer = task.AsUsed<TrainerDefinition.LightGbm>();
        LightGbmDemands.Demand(task, trainer);
        ClassBalance balance = ClassBalance.Of(task, trainer);
        string parameters = Parameters.Of(trainer, task.Target.Width, MonotoneDirections.Of(trainer.Monotone, task), balance.IsLibrarys);

        heartbeat.Enter(TrainingPhase.Fitting, cancellation);
        using BinnedRows rows = new(task.Rows.Features, Labels(task.Rows), balance.TrainingWeights(task.Rows), parameters);
        using BinnedRows? validation = task.Validation is { } held ? new(held.Features, Labels(held), balance.ValidationWeights(held), parameters, rows) : null;
        using Booster booster = Booster.Begin(rows, validation, parameters);
        BoostingCurve curve = new(booster, trainer, balance.CurveWeights(task.Rows), task.Rows.Labels);
        int kept = Grow(booster, trainer, curve, heartbeat, cancellation);

        heartbeat.Enter(TrainingPhase.Saving, cancellation);
        byte[] text = booster.Save(kept);
        return new TrainedModel(text, ModelText.Read(text), trainer)
        {
            ClassFactors = balance.Factors,
            Record = new TrainingRecord { Importance = new FeatureImportance(ImportanceMeasure.Gain, ModelText.ReadGains(text)), Curve = curve.Close(kept) },
        };
    }

    /// <inheritdoc/>
    public INativeModel Load(ReadOnlyMemory<byte> nativeModel) => new LightGbmModel(nativeModel.Span);

    // How many rounds are kept: all of them, or those up to the one with the smallest loss.
    private static int Grow(Booster booster, TrainerDefinition.LightGbm trainer, BoostingCurve curve, Heartbeat heartbeat, CancellationToken cancellation)
    {
        EarlyStopping? stopping = trainer.EarlyStopping is { } patience ? new EarlyStopping(patience) : null;
        for (int round = 1; round <= trainer.Trees && booster.Grow(); round++)
        {
            double? loss = stopping is null ? null : booster.ValidationLoss();
            heartbeat.Advance(round, trainer.Trees, cancellation, loss);
            curve.Add(round, loss);
            if (loss is { } watched && stopping!.IsDone(round, watched))
            {
                break;
            }
        }

        return stopping?.Best ?? Booster.AllRounds;
    }

    private static float[] Labels(LabelledFeatures rows) => [.. rows.Labels.Select(label => (float)label)];
}
