using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// Rows that one model answered, of the Holdout or of a window, by column; every column has one entry for each row, in the same
/// order.
/// </summary>
public sealed record LossRows
{
    /// <summary>What the model answered: probabilities in [0, 1], or finite numbers.</summary>
    public required Answers Answers { get; init; }

    /// <summary>What turned out to be true, as the target numbers it; NaN while it is not known, which is allowed in a window only.</summary>
    public required ImmutableArray<double> Labels { get; init; }

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
    public int RowCount => Answers.Count;

    /// <summary>Whether a row's label is known.</summary>
    internal bool IsLabelled(int row) => !double.IsNaN(Labels[row]);

    /// <summary>Weight of a row.</summary>
    internal double WeightOf(int row) => Weights.IsEmpty ? 1 : Weights[row];

    /// <summary>Throws unless the columns fit together.</summary>
    /// <param name="side">Which rows these are, for the message.</param>
    /// <param name="target">What the model answers.</param>
    /// <exception cref="ArgumentException">A column has another length, or an answer, label or weight is not one.</exception>
    internal void Validate(string side, Target target)
    {
        Require(Answers.Width == target.Width, $"the {side} has answers of {Answers.Width} numbers; expected {target.Width} for the target");
        Require(Labels.Length == RowCount, $"the {side} has {Labels.Length} labels for {RowCount} answers; expected one for each row");
        RequireLength(side, "weights", Weights.Length);
        RequireLength(side, "clusters", Clusters.Length);
        RequireLength(side, "strata", Strata.Length);
        foreach ((string name, ImmutableArray<bool> members) in Slices)
        {
            Require(members.Length == RowCount, $"slice '{name}' of the {side} has {members.Length} entries for {RowCount} rows; expected one for each");
        }

        for (int row = 0; row < RowCount; row++)
        {
            ValidateRow(side, row, target);
        }
    }

    private void ValidateRow(string side, int row, Target target)
    {
        foreach (float number in Answers.Of(row))
        {
            bool isAnswer = target.Answer == AnswerForm.Value ? float.IsFinite(number) : number is >= 0 and <= 1;
            Require(isAnswer, $"an answer of {side} row {row} is {number}; expected {(target.Answer == AnswerForm.Value ? "a finite number" : "a number from 0 to 1")}");
        }

        Require(WeightOf(row) is > 0 and < double.PositiveInfinity, $"the weight of {side} row {row} is {WeightOf(row)}; expected a positive number");
        bool isLabel = !IsLabelled(row)
            || (target.ClassNames.IsEmpty ? double.IsFinite(Labels[row]) : Labels[row] >= 0 && Labels[row] < target.ClassNames.Length && double.IsInteger(Labels[row]));
        Require(isLabel, $"the label of {side} row {row} is {Labels[row]}; expected {(target.ClassNames.IsEmpty ? "a finite number" : $"the number of a class, 0 to {target.ClassNames.Length - 1}")}");
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
