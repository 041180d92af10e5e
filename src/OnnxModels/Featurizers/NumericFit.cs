using System.Collections.Immutable;
using Lifecycle.Domain.Models;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Takes the statistics of a numeric column that its transform needs. Sums run over sorted values.</summary>
internal static class NumericFit
{
    /// <exception cref="InvalidFeatureViewException">The column has no value to take a statistic of.</exception>
    public static FittedNumeric Fit(RowTransform.Numeric definition, TrainingColumn column)
    {
        float[] present = [.. column.Numbers.Where(value => !float.IsNaN(value))];
        Array.Sort(present);
        float? imputed = definition.Impute switch
        {
            Imputation.None => null,
            Imputation.Constant => (float)definition.Constant,
            Imputation.Mean => (float)Mean(Known(present, column, "mean")),
            _ => Median(Known(present, column, "median")),
        };
        FittedNumeric fitted = new(column.Column, definition, imputed);
        if (definition is { Standardise: false, Bins: null })
        {
            return fitted;
        }

        int missing = imputed is null ? 0 : column.Count - present.Length;
        float[] values = [.. present.Concat(Enumerable.Repeat(imputed ?? 0, missing)).Select(fitted.Shape)];
        Array.Sort(values);
        Known(values, column, definition.Standardise ? "standard deviation" : "quantile");
        return definition.Standardise ? Standardised(fitted, values) : fitted with { Edges = Edges(values, definition.Bins!.Value) };
    }

    private static FittedNumeric Standardised(FittedNumeric fitted, float[] values)
    {
        double mean = Mean(values);
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        bool isConstant = values[0] == values[^1];
        return fitted with { Centre = (float)mean, Scale = isConstant ? 0 : (float)(1 / deviation) };
    }

    // The largest value of each bin but the last; a value of great mass leaves fewer bins.
    private static ImmutableArray<float> Edges(float[] sorted, int bins) =>
        [.. Enumerable.Range(1, bins - 1).Select(bin => sorted[Math.Max(0, (int)Math.Ceiling((double)bin * sorted.Length / bins) - 1)]).Distinct()];

    private static double Mean(float[] sorted) => sorted.Sum(value => (double)value) / sorted.Length;

    private static float Median(float[] sorted) => (float)(((double)sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);

    private static float[] Known(float[] values, TrainingColumn column, string statistic) => values.Length > 0
        ? values
        : throw new InvalidFeatureViewException($"column '{column.Column.Name}' has no value in {column.Count} training rows, so no {statistic}; impute a constant, or leave the column out");
}
