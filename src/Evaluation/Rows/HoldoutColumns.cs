using System.Collections.Immutable;

namespace Lifecycle.Evaluation.Rows;

/// <summary>The rows to judge on, by column; every column has one entry for each row, in the same order.</summary>
public sealed record HoldoutColumns
{
    /// <summary>Name of the slice that is the whole Holdout; it is always there and cannot be defined.</summary>
    public const string WholeHoldout = "all";

    /// <summary>The labels; true is class 1.</summary>
    public required ImmutableArray<bool> Labels { get; init; }

    /// <summary>The rows' weights, positive and finite; empty weighs all alike.</summary>
    public ImmutableArray<double> Weights { get; init; } = [];

    /// <summary>
    /// Name of the cluster a row belongs to: rows of one cluster are drawn together, because their labels hang together.
    /// Empty makes every row a cluster of its own.
    /// </summary>
    public ImmutableArray<string> Clusters { get; init; } = [];

    /// <summary>Whether a row belongs to a slice, by name of the slice. Slices may overlap.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<bool>> Slices { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<bool>>.Empty;

    /// <summary>Number of rows.</summary>
    public int RowCount => Labels.Length;

    /// <summary>Throws unless the columns fit together.</summary>
    /// <exception cref="ArgumentException">A column has another length, a weight is not positive, or a slice is called <c>all</c>.</exception>
    public void Validate()
    {
        Require(RowCount > 0, "the Holdout has no rows; evaluation needs at least one");
        RequireLength("weights", Weights.Length, optional: true);
        RequireLength("clusters", Clusters.Length, optional: true);
        for (int row = 0; row < Weights.Length; row++)
        {
            Require(Weights[row] > 0 && double.IsFinite(Weights[row]), $"weight of Holdout row {row} is {Weights[row]}; expected a positive number");
        }

        foreach ((string name, ImmutableArray<bool> members) in Slices)
        {
            Require(name != WholeHoldout, $"a slice is called '{WholeHoldout}'; that name stands for the whole Holdout, choose another");
            RequireLength($"slice '{name}'", members.Length, optional: false);
        }
    }

    private void RequireLength(string column, int length, bool optional) =>
        Require(length == RowCount || (optional && length == 0), $"{column} has {length} entries for {RowCount} labels; expected one for each row");

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
