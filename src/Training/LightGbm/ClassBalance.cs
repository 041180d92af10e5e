using System.Collections.Immutable;
using Lifecycle.Domain.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.LightGbm;

/// <summary>
/// How much a class counts where all shall count alike. Several classes: all weight over the class's weight times the number of classes.
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
        int classes = task.Target.ClassNames.Length;
        if (!trainer.BalanceClasses || classes == 0)
        {
            return new ClassBalance([], isOwn: false);
        }

        bool isOwn = trainer.Objective == TrainingObjective.Multiclass;
        double[] sums = new double[classes];
        for (int row = 0; row < task.Rows.Labels.Length; row++)
        {
            sums[(int)task.Rows.Labels[row]] += isOwn ? Weight(task.Rows, row) : 1;
        }

        return new ClassBalance([.. sums.Select(sum => isOwn ? sums.Sum() / (sum * classes) : sums.Max() / sum)], isOwn);
    }

    /// <summary>The weights that LightGBM learns by; none weighs all alike.</summary>
    public float[] TrainingWeights(LabelledFeatures rows) => isOwn ? Weights(rows) : [.. rows.Weights.Select(weight => (float)weight)];

    /// <summary>The weights that losses of other rows are taken by: those of the training, class by class.</summary>
    public float[] ValidationWeights(LabelledFeatures rows) => factors.IsEmpty ? [.. rows.Weights.Select(weight => (float)weight)] : Weights(rows);

    private static double Weight(LabelledFeatures rows, int row) => rows.Weights.IsEmpty ? 1 : rows.Weights[row];

    private float[] Weights(LabelledFeatures rows) => [.. rows.Labels.Select((label, row) => (float)(Weight(rows, row) * factors[(int)label]))];
}
