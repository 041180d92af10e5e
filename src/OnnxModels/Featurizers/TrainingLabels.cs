using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>The labels of the TrainingSet, and the folds of its rows.</summary>
internal sealed class TrainingLabels(RowSet rows, Target target)
{
    private int[]? ascending;
    private int[]? folds;

    /// <summary>Classes; 1 where a label is a number.</summary>
    public int ClassCount => Math.Max(target.ClassNames.Length, 1);

    /// <summary>The class of a row; 0 where a label is a number.</summary>
    public int ClassOf(int row) => target.ClassNames.IsEmpty ? 0 : (int)rows.Labels[row];

    /// <summary>What the label says, by name: the classes where there are more than two, else the label itself.</summary>
    public ImmutableArray<string> Names => target.ClassNames.Length > 2 ? target.ClassNames : [target.Label];

    /// <summary>What the label says as a number: whether it is the class where there are more than two, else the label itself.</summary>
    public double Value(int row, int name) => target.ClassNames.Length > 2 ? (ClassOf(row) == name ? 1 : 0) : rows.Labels[row];

    /// <summary>The rows by label: sums in this order do not depend on the order of the rows.</summary>
    public int[] Ascending => ascending ??= Sorted();

    /// <summary>The rows' folds.</summary>
    /// <exception cref="ArgumentException">The rows have no keys.</exception>
    public int[] Folds => folds ??= TrainingFolds.Of(rows);

    private int[] Sorted()
    {
        double[] labels = [.. rows.Labels];
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        Array.Sort(labels, order);
        return order;
    }
}
