using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Schemas;
using static Lifecycle.Training.Trainers.UntrainableException;

namespace Lifecycle.Training.Trainers;

/// <summary>What must hold of rows, whatever the trainer; a library would end in a native error, or in a constant.</summary>
internal static class TrainingDemands
{
    /// <exception cref="UntrainableException">Something does not hold.</exception>
    public static void Demand(Target target, TrainingRows rows, TrainingRows? validation)
    {
        DemandRows(target, rows, "training");
        if (target.ClassNames is { IsEmpty: false } classes)
        {
            HashSet<double> seen = [.. rows.Labels];
            string? missing = classes.Where((_, index) => !seen.Contains(index)).FirstOrDefault();
            ThrowUnless(missing is null, $"none of the {rows.Labels.Length} training rows is of class '{missing}'; expected rows of each class ({string.Join(", ", classes)}), or a target without it");
        }
        else
        {
            ThrowUnless(
                rows.Labels.Any(label => label != rows.Labels[0]),
                string.Create(CultureInfo.InvariantCulture, $"all {rows.Labels.Length} training rows have label {rows.Labels[0]}; expected labels that differ"));
        }

        if (validation is not null)
        {
            DemandRows(target, validation, "validation");
            ThrowUnless(validation.FeatureCount == rows.FeatureCount, $"validation rows have {validation.FeatureCount} features and training rows {rows.FeatureCount}; expected as many");
        }
    }

    private static void DemandRows(Target target, TrainingRows rows, string what)
    {
        ThrowUnless(!rows.Labels.IsEmpty, $"there are no {what} rows; expected at least one");
        ThrowUnless(rows.FeatureCount > 0, $"{what} rows have no features; expected at least one");
        ThrowUnless(
            rows.Weights.IsEmpty || rows.Weights.Length == rows.Labels.Length,
            $"there are {rows.Labels.Length} {what} rows and {rows.Weights.Length} weights; expected one for each row, or none at all");
        ImmutableArray<string> classes = target.ClassNames;
        for (int row = 0; row < rows.Labels.Length; row++)
        {
            double label = rows.Labels[row];
            if (!(classes.IsEmpty ? float.IsFinite((float)label) : label >= 0 && label < classes.Length && label == Math.Floor(label)))
            {
                throw new UntrainableException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} row {row} has label {label}; expected {(classes.IsEmpty ? "a finite number of a 32-bit float's range" : $"the number of a class, 0 to {classes.Length - 1}")}"));
            }

            if (!rows.Weights.IsEmpty && !((float)rows.Weights[row] is > 0 and < float.PositiveInfinity))
            {
                throw new UntrainableException(string.Create(
                    CultureInfo.InvariantCulture, $"{what} row {row} has weight {rows.Weights[row]}; expected a finite number above zero"));
            }
        }
    }
}
