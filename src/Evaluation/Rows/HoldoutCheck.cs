using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Evaluation.Rows;

/// <summary>Whether the Holdout's columns fit together, and its labels the target and the loss.</summary>
internal static class HoldoutCheck
{
    /// <summary>Throws unless they do.</summary>
    /// <exception cref="ArgumentException">They do not; the message names the column and the row.</exception>
    public static void Require(RowSet rows, Target target, Loss loss)
    {
        Require(rows.Count > 0, "the Holdout has no rows; evaluation needs at least one");
        Require(loss.Fits(target), () => $"the loss {loss.Text} cannot judge answers of target '{Target.Kinds.NameOf(target)}'; choose another in 'gate.loss'");
        RequireLength(rows, "weights", rows.Weights.Length, optional: true);
        RequireLength(rows, "clusters", rows.Clusters.Length, optional: true);
        foreach ((string name, ImmutableArray<bool> members) in rows.Slices)
        {
            Require(name != ModelMetrics.WholeHoldout, $"a slice is called '{ModelMetrics.WholeHoldout}'; that name stands for the whole Holdout, choose another");
            RequireLength(rows, $"slice '{name}'", members.Length, optional: false);
        }

        for (int row = 0; row < rows.Count; row++)
        {
            Require(rows.Weights.IsEmpty || rows.Weights[row] is > 0 and < double.PositiveInfinity, row, rows.Weights, "weight", "a positive number");
            Require(rows.Clusters.IsEmpty || rows.Clusters[row] >= 0, row, rows.Clusters, "cluster", "a number from 0");
            RequireLabel(rows.Labels[row], row, target, loss);
        }
    }

    private static void RequireLabel(double label, int row, Target target, Loss loss)
    {
        int classes = target.ClassNames.Length;
        bool isLabel = classes == 0 ? double.IsFinite(label) : label >= 0 && label < classes && label == Math.Floor(label);
        if (!isLabel || loss.ProblemWith(label) is not null)
        {
            throw new ArgumentException($"label of Holdout row {row} is {label}; expected {(isLabel ? $"what fits the loss: {loss.ProblemWith(label)}" : classes == 0 ? "a finite number" : $"the position of one of {classes} classes")}");
        }
    }

    private static void RequireLength(RowSet rows, string column, int length, bool optional) =>
        Require(length == rows.Count || (optional && length == 0), $"{column} has {length} entries for {rows.Count} labels; expected one for each row");

    private static void Require<T>(bool holds, int row, ImmutableArray<T> column, string name, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} of Holdout row {row} is {column[row]}; expected {expected}");
        }
    }

    private static void Require(bool holds, string message) => Require(holds, () => message);

    private static void Require(bool holds, Func<string> message)
    {
        if (!holds)
        {
            throw new ArgumentException(message());
        }
    }
}
