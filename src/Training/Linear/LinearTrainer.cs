using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Training;
using Lifecycle.Training.Trainers;
using static Lifecycle.Training.Trainers.UntrainableException;

namespace Lifecycle.Training.Linear;

/// <summary>
/// Trains generalised linear models: standardised features, weighed and added up, behind the objective's link, with the smallest sum of
/// losses and of squared weights. Same rows in the same order and same hyperparameters give the same bytes, with any number of threads.
/// Objectives and options: docs/formats/trainers.md.
/// </summary>
public sealed class LinearTrainer : ITrainer
{
    /// <inheritdoc/>
    public Type Definition => typeof(TrainerDefinition.Linear);

    /// <inheritdoc/>
    public TrainedModel Train(TrainingTask task, Heartbeat heartbeat, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(heartbeat);
        TrainerDefinition.Linear trainer = task.AsUsed<TrainerDefinition.Linear>();
        Demand(trainer);
        TrainingDemands.DemandObjective(task, trainer.Objective!.Value);

        heartbeat.Enter(TrainingPhase.Fitting, cancellation);
        ImmutableArray<double> factors = trainer.BalanceClasses ? EvenClasses.Factors(task) : [];
        double[] weights = EvenClasses.Weights(task.Rows, factors);
        LabelUnit unit = LabelUnit.Of(trainer.Objective.Value, task.Rows.Labels, weights);
        FeatureScale scale = FeatureScale.Of(task.Rows.Features, task.FeatureNames);
        PenalisedLoss loss = new(task.Rows.Features, scale, new RowLoss(trainer.Objective.Value, trainer.ObjectiveParameter), task.Target.Width, trainer.L2)
        {
            Labels = unit.Convert(task.Rows.Labels),
            Weights = weights,
            Threads = trainer.Threads,
        };
        ImmutableArray<LearningPoint>.Builder points = ImmutableArray.CreateBuilder<LearningPoint>();
        double[] point = Minimiser.Minimise(
            (at, slopes) => loss.At(at, slopes, cancellation), loss.Length, trainer.Iterations, (step, value) =>
            {
                heartbeat.Advance(step, trainer.Iterations, cancellation, value);
                points.Add(new LearningPoint(step, value, Validation: null));
            });

        heartbeat.Enter(TrainingPhase.Saving, cancellation);
        LinearCoefficients coefficients = LinearCoefficients.Of(trainer.Objective.Value, unit, scale, point, task.Target.Width);
        return new TrainedModel(coefficients.Save(), coefficients.ToFragment(), trainer)
        {
            ClassFactors = factors,
            Record = new TrainingRecord
            {
                Importance = new FeatureImportance(ImportanceMeasure.StandardisedCoefficient, coefficients.Weights),
                Curve = points.Count == 0 ? null : new LearningCurve($"penalised loss of objective {ObjectiveRules.Name(trainer.Objective.Value)}", points.ToImmutable(), points[^1].Round),
            },
        };
    }

    /// <inheritdoc/>
    public INativeModel Load(ReadOnlyMemory<byte> nativeModel) => new LinearModel(LinearCoefficients.Load(nativeModel.Span));

    private static void Demand(TrainerDefinition.Linear trainer)
    {
        ThrowUnless(trainer.L2 is >= 0 and < double.PositiveInfinity, string.Create(CultureInfo.InvariantCulture, $"l2 is {trainer.L2}; expected a finite number, not negative"));
        ThrowUnless(trainer.Iterations >= 1, $"iterations is {trainer.Iterations}; expected at least 1");
        ThrowUnless(trainer.Threads >= 1, $"threads is {trainer.Threads}; expected at least 1");
    }
}
