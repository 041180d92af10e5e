using System.Collections.Immutable;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.LightGbm;

/// <summary>The direction in which an answer may move with each feature.</summary>
internal static class MonotoneDirections
{
    /// <summary>Directions by feature, 0 for either; none where nothing is asked for.</summary>
    /// <exception cref="UntrainableException">A column has no feature that carries its number alone.</exception>
    public static ImmutableArray<int> Of(ImmutableSortedDictionary<string, int> byColumn, TrainingTask task)
    {
        if (byColumn.IsEmpty)
        {
            return [];
        }

        int[] directions = new int[task.Rows.Features.FeatureCount];
        foreach ((string column, int direction) in byColumn)
        {
            int feature = task.FeatureNames.IsDefault ? -1 : NumericNames.AllOf(column).Max(name => task.FeatureNames.IndexOf(name));
            UntrainableException.ThrowUnless(direction is 1 or -1, $"monotone gives '{column}' the direction {direction}; expected 1 (up) or -1 (down)");
            UntrainableException.ThrowUnless(feature >= 0, $"monotone names '{column}', but no feature is its number; expected a number, integer or boolean column with a numeric transform");
            directions[feature] = direction;
        }

        return [.. directions];
    }
}
