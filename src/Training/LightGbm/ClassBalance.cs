using System.Collections.Immutable;
using Lifecycle.Domain.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.LightGbm;

/// <summary>
/// How much a class counts where all shall count alike. Several classes: <see cref="EvenClasses"/>.
/// Two: LightGBM's own <c>is_unbalance</c>, which raises the rarer class of the training rows to the other one's count, unless the factors are taken
/// off the scores afterwards: its first score does not know of it, and what few trees have not made good could not be taken off.
/// </summary>
internal sealed class ClassBalance
{
    private readonly bool isOwn;

    private ClassBalance(ImmutableArray<double> factors, bool isOwn)
    {
        (Factors, this.isOwn) = (factors, isOwn);
    }

    /// <summary>Whether LightGBM raises the rarer class itself.</summary>
    public bool IsLibrarys => !isOwn && !Factors.IsEmpty;

    /// <summary>By how much the weight of a class's rows is multiplied, class by class; none where classes count as they are.</summary>
    public ImmutableArray<double> Factors { get; }

    public static ClassBalance Of(TrainingTask task, TrainerDefinition.LightGbm trainer)
    {
        bool isOwn = trainer.Objective == TrainingObjective.Multiclass || task.WithTrueShares;
        if (!trainer.BalanceClasses || !(isOwn || trainer.Objective == TrainingObjective.Binary))
        {
            return new ClassBalance([], isOwn: false);
        }

        return new ClassBalance(isOwn ? EvenClasses.Factors(task) : Raised(task.Rows.Labels, task.Target.ClassNames.Length), isOwn);
    }

    /// <summary>The weights that LightGBM learns by; none weighs all alike.</summary>
    public float[] TrainingWeights(LabelledFeatures rows) => isOwn && !Factors.IsEmpty ? Weights(rows) : [.. rows.Weights.Select(weight => (float)weight)];

    /// <summary>The weights that losses of other rows are taken by: those of the training, class by class.</summary>
    public float[] ValidationWeights(LabelledFeatures rows) => Factors.IsEmpty ? [.. rows.Weights.Select(weight => (float)weight)] : Weights(rows);

    /// <summary>The weights that the training's own loss is taken by, where LightGBM does not know them; none where it does.</summary>
    public float[] CurveWeights(LabelledFeatures rows) => isOwn || Factors.IsEmpty ? [] : Weights(rows);

    private static ImmutableArray<double> Raised(ImmutableArray<double> labels, int classes)
    {
        int[] counts = [.. Enumerable.Range(0, classes).Select(index => labels.Count(label => label == index))];
        return [.. counts.Select(count => (double)counts.Max() / count)];
    }

    private float[] Weights(LabelledFeatures rows) => [.. EvenClasses.Weights(rows, Factors).Select(weight => (float)weight)];
}
