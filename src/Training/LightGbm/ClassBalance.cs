using System.Collections.Immutable;
using Lifecycle.Domain.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.LightGbm;

/// <summary>
/// How much a class counts where all shall count alike. Several classes: <see cref="EvenClasses"/>.
/// Two: LightGBM's own <c>is_unbalance</c>, which raises the rarer class of the training rows to the other one's count.
/// </summary>
internal sealed class ClassBalance
{
    private readonly ImmutableArray<double> factors;
    private readonly bool isOwn;

    private ClassBalance(ImmutableArray<double> factors, bool isOwn)
    {
        (this.factors, this.isOwn) = (factors, isOwn);
    }

    public static ClassBalance Of(TrainingTask task, TrainerDefinition.LightGbm trainer)
    {
        bool isOwn = trainer.Objective == TrainingObjective.Multiclass;
        if (!trainer.BalanceClasses || !(isOwn || trainer.Objective == TrainingObjective.Binary))
        {
            return new ClassBalance([], isOwn: false);
        }

        int classes = task.Target.ClassNames.Length;
        return new ClassBalance(isOwn ? EvenClasses.Factors(task.Rows, classes) : Raised(task.Rows.Labels, classes), isOwn);
    }

    /// <summary>The weights that LightGBM learns by; none weighs all alike.</summary>
    public float[] TrainingWeights(LabelledFeatures rows) => isOwn && !factors.IsEmpty ? Weights(rows) : [.. rows.Weights.Select(weight => (float)weight)];

    /// <summary>The weights that losses of other rows are taken by: those of the training, class by class.</summary>
    public float[] ValidationWeights(LabelledFeatures rows) => factors.IsEmpty ? [.. rows.Weights.Select(weight => (float)weight)] : Weights(rows);

    /// <summary>The weights that the training's own loss is taken by, where LightGBM does not know them; none where it does.</summary>
    public float[] CurveWeights(LabelledFeatures rows) => isOwn || factors.IsEmpty ? [] : Weights(rows);

    private static ImmutableArray<double> Raised(ImmutableArray<double> labels, int classes)
    {
        int[] counts = [.. Enumerable.Range(0, classes).Select(index => labels.Count(label => label == index))];
        return [.. counts.Select(count => (double)counts.Max() / count)];
    }

    private float[] Weights(LabelledFeatures rows) => [.. rows.Labels.Select((label, row) => (float)(rows.Weight(row) * factors[(int)label]))];
}
