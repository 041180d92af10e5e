using System.Collections.Immutable;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// Rows that one model scored, of the Holdout or of a window, by column; every column has one entry for each row, in the same
/// order.
/// </summary>
public sealed record LossRows
{
    /// <summary>Probability of class 1 as the model gave it, in [0, 1].</summary>
    public required ImmutableArray<float> Probabilities { get; init; }

    /// <summary>What turned out to be true; null while it is not known, which is allowed in a window only.</summary>
    public required ImmutableArray<bool?> Labels { get; init; }

    /// <summary>The rows' weights, positive and finite; empty weighs all alike.</summary>
    public ImmutableArray<double> Weights { get; init; } = [];

    /// <summary>Name of the cluster a row belongs to; rows of one cluster are drawn together. Empty makes every row its own.</summary>
    public ImmutableArray<string> Clusters { get; init; } = [];

    /// <summary>Name of the stratum a row belongs to, such as <c>unseen, com</c>; empty leaves the decomposition out.</summary>
    public ImmutableArray<string> Strata { get; init; } = [];

    /// <summary>Whether a row belongs to a slice, by name of the slice. Slices may overlap.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<bool>> Slices { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<bool>>.Empty;

    /// <summary>Number of rows.</summary>
    public int RowCount => Probabilities.Length;

    /// <summary>Weight of a row.</summary>
    internal double WeightOf(int row) => Weights.IsEmpty ? 1 : Weights[row];

    /// <summary>Throws unless the columns fit together.</summary>
    /// <param name="side">Which rows these are, for the message.</param>
    /// <exception cref="ArgumentException">A column has another length, or a probability or weight is not one.</exception>
    internal void Validate(string side)
    {
        Require(Labels.Length == RowCount, $"the {side} has {Labels.Length} labels for {RowCount} probabilities; expected one for each row");
        RequireLength(side, "weights", Weights.Length);
        RequireLength(side, "clusters", Clusters.Length);
        RequireLength(side, "strata", Strata.Length);
        foreach ((string name, ImmutableArray<bool> members) in Slices)
        {
            Require(members.Length == RowCount, $"slice '{name}' of the {side} has {members.Length} entries for {RowCount} rows; expected one for each");
        }

        for (int row = 0; row < RowCount; row++)
        {
            Require(Probabilities[row] is >= 0 and <= 1, $"the probability of {side} row {row} is {Probabilities[row]}; expected a number from 0 to 1");
            Require(WeightOf(row) is > 0 and < double.PositiveInfinity, $"the weight of {side} row {row} is {WeightOf(row)}; expected a positive number");
        }
    }

    private void RequireLength(string side, string column, int length) =>
        Require(length == 0 || length == RowCount, $"the {side} has {length} {column} for {RowCount} rows; expected one for each, or none");

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
