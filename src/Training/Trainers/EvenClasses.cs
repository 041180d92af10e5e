using System.Collections.Immutable;

namespace Lifecycle.Training.Trainers;

/// <summary>Makes all classes count alike, and all rows together as much as before: all weight over the class's own times the number of classes.</summary>
internal static class EvenClasses
{
    /// <summary>By how much the weight of a class's rows is multiplied, class by class.</summary>
    public static ImmutableArray<double> Factors(LabelledFeatures rows, int classes)
    {
        double[] sums = new double[classes];
        for (int row = 0; row < rows.Labels.Length; row++)
        {
            sums[(int)rows.Labels[row]] += rows.Weight(row);
        }

        return [.. sums.Select(sum => sums.Sum() / (sum * classes))];
    }
}
