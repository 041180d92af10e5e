using System.Collections.Immutable;

namespace Lifecycle.Training.Trainers;

/// <summary>Makes all classes count alike, and all rows together as much as before: all weight over the class's own times the number of classes.</summary>
internal static class EvenClasses
{
    /// <summary>By how much the weight of a class's rows is multiplied, class by class; none where labels are numbers.</summary>
    public static ImmutableArray<double> Factors(TrainingTask task)
    {
        double[] sums = new double[task.Target.ClassNames.Length];
        for (int row = 0; row < task.Rows.Labels.Length && sums.Length > 0; row++)
        {
            sums[(int)task.Rows.Labels[row]] += task.Rows.Weight(row);
        }

        return [.. sums.Select(sum => sums.Sum() / (sum * sums.Length))];
    }

    /// <summary>The weight of each row, with its class's factor where classes have some.</summary>
    public static double[] Weights(LabelledFeatures rows, ImmutableArray<double> factors) =>
        [.. rows.Labels.Select((label, row) => rows.Weight(row) * (factors.IsEmpty ? 1 : factors[(int)label]))];
}
