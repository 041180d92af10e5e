using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.FastTree;

/// <summary>
/// Trains gradient-boosted trees with FastTree of ML.NET (MART, Friedman 2001), on one thread. Same rows in the same order and same
/// hyperparameters give the same bytes. Objectives and options: docs/formats/trainers.md.
/// </summary>
public sealed class FastTreeTrainer : ITrainer
{
    /// <inheritdoc/>
    public Type Definition => typeof(TrainerDefinition.FastTree);

    /// <inheritdoc/>
    public TrainedModel Train(TrainingTask task, Heartbeat heartbeat, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(heartbeat);
        TrainerDefinition.FastTree trainer = task.AsUsed<TrainerDefinition.FastTree>() with { Threads = 1 };
        TreeDemands.Demand(trainer.Trees, trainer.Leaves, trainer.LearningRate, trainer.MinimumRowsPerLeaf, trainer.RowShare, trainer.FeatureShare);
        TrainingDemands.DemandObjective(task, trainer.Objective!.Value);

        heartbeat.Enter(TrainingPhase.Fitting, cancellation);
        ImmutableArray<double> factors = trainer.BalanceClasses ? EvenClasses.Factors(task) : [];
        double[] weights = EvenClasses.Weights(task.Rows, factors);
        LabelUnit unit = LabelUnit.Of(trainer.Objective.Value, task.Rows.Labels, weights);
        ImmutableArray<ScoreTraining> scores =
        [
            .. Enumerable.Range(0, task.Target.Width).Select(score => new ScoreTraining(trainer)
            {
                Rows = task.Rows.Features,
                Labels = LabelsOf(task, unit, score),
                Weights = task.Rows.Weights.IsEmpty && factors.IsEmpty ? null : weights,
                Told = new TreeCount(heartbeat, score * trainer.Trees, task.Target.Width * trainer.Trees, cancellation),
            }),
        ];
        ImmutableArray<TrainedScore> trained = [.. scores.Select(score => score.Run())];

        heartbeat.Enter(TrainingPhase.Saving, cancellation);
        FastTreeArchive archive = new(new ModelNotes(task.Rows.Features.FeatureCount, trainer.Objective.Value, unit), [.. trained.Select(score => score.Saved)]);
        return new TrainedModel(archive.Write(), FastTreeFragment.Of(archive.Notes, trained), trainer) { MediaType = MediaTypes.Zip, ClassFactors = factors };
    }

    /// <inheritdoc/>
    public INativeModel Load(ReadOnlyMemory<byte> nativeModel) => new FastTreeModel(FastTreeArchive.Read(nativeModel));

    // Of several classes, one against all others; of two, the second against the first.
    private static double[] LabelsOf(TrainingTask task, LabelUnit unit, int score) => task.Target.Width > 1
        ? [.. task.Rows.Labels.Select(label => label == score ? 1.0 : 0)]
        : unit.Convert(task.Rows.Labels);
}
