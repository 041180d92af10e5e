using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Training.Matrices;

namespace Lifecycle.Training.Trainers;

/// <summary>What to train, of what, and how.</summary>
/// <param name="Target">What the model shall predict.</param>
/// <param name="Trainer">The hyperparameters; their kind chooses the trainer.</param>
/// <param name="Rows">Rows to learn from.</param>
public sealed record TrainingOrder(Target Target, TrainerDefinition Trainer, TrainingRows Rows)
{
    /// <summary>Rows to stop by, which the featurizer has not seen either; needed only where the trainer asks for them.</summary>
    public TrainingRows? Validation { get; init; }

    /// <summary>Names of the features, in the order of the vector; monotone constraints need them.</summary>
    public ImmutableArray<string> FeatureNames { get; init; } = [];

    /// <summary>Intervals to train as well; null trains none.</summary>
    public IntervalDefinition? Intervals { get; init; }

    /// <summary>
    /// Whether probabilities shall be those of classes as often as they come, also where the trainer made them count otherwise: what a loss asks for
    /// that elicits true probabilities.
    /// </summary>
    public bool WithTrueShares { get; init; }

    /// <summary>By how much the weights of each class's rows were multiplied already, class by class; none where they are the rows' own.</summary>
    public ImmutableArray<double> ClassFactors { get; init; } = [];
}

/// <summary>Trains models: reads features, checks the rows, and hands them to the trainer of the definition.</summary>
/// <param name="trainers">The trainers there are.</param>
/// <param name="time">Clock of the heartbeats.</param>
public sealed class ModelTraining(TrainerList trainers, TimeProvider time)
{
    /// <summary>How often progress is reported while nothing else happens: binning is one long native call.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(2);

    /// <summary>Trains a model. The same order gives the same bytes.</summary>
    /// <param name="order">What to train.</param>
    /// <param name="progress">Told of phases, rounds and heartbeats, from several threads.</param>
    /// <param name="cancellation">Heard between batches of features and between rounds.</param>
    /// <exception cref="UntrainableException">Rows or hyperparameters do not allow a training.</exception>
    public TrainedModel Train(TrainingOrder order, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        ITrainer trainer = trainers.For(order.Trainer);
        TrainingRows? validation = order.Trainer.NeedsValidation
            ? order.Validation ?? throw new UntrainableException("the trainer stops by validation rows, and there are none; set a part of the training rows apart, or do not ask for early stopping")
            : null;
        TrainingDemands.Demand(order.Target, order.Rows, validation);
        using Heartbeat heartbeat = new(time, progress, HeartbeatInterval);

        heartbeat.Enter(TrainingPhase.Featurizing, cancellation);
        TrainingTask task = new()
        {
            Target = order.Target,
            Definition = order.Trainer,
            FeatureNames = order.FeatureNames,
            WithTrueShares = order.WithTrueShares,
            Rows = Read(order.Rows, "training", order.FeatureNames, cancellation),
            Validation = validation is null ? null : Read(validation, "validation", order.FeatureNames, cancellation),
        };
        TrainedModel trained = trainer.Train(task, heartbeat, cancellation);
        trained = trained with { Fragment = LeafCounts.Fill(trained.Fragment, task.Rows.Features) };
        TrainedModel shared = order.WithTrueShares ? trained.WithTrueShares(order.ClassFactors) : trained;
        return order.Intervals is { } intervals
            ? shared with { Bounds = new TrainedBounds(Bound(intervals.LowerLevel), Bound(intervals.UpperLevel)) }
            : shared;

        TrainedModel Bound(double level) => trainer.Train(
            task with { Definition = order.Trainer.ForQuantile(level) ?? throw new UntrainableException("intervals are asked for, and the trainer does not learn quantiles; expected one that does, or no intervals") },
            heartbeat, cancellation);
    }

    private static LabelledFeatures Read(TrainingRows rows, string what, ImmutableArray<string> names, CancellationToken cancellation)
    {
        FeatureMatrix features = FeatureMatrix.Of(rows.Features, rows.Labels.Length, rows.FeatureCount, cancellation);
        return features.FindInfinite() is { } infinite
            ? throw new UntrainableException($"feature {(infinite.Feature < names.Length ? $"'{names[infinite.Feature]}'" : infinite.Feature)} of {what} row {infinite.Row} is infinite; expected a number or none at all: mend the row, or clip the number in its transform")
            : new LabelledFeatures(features, rows.Labels, rows.Weights);
    }
}
