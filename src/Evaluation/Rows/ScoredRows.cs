using System.Collections.Immutable;

namespace Lifecycle.Evaluation.Rows;

/// <summary>One row of a slice with a model's prediction.</summary>
/// <param name="Probability">The predicted probability of class 1.</param>
/// <param name="Label">Whether the row is of class 1.</param>
/// <param name="Weight">The row's weight.</param>
/// <param name="Cluster">Number of the row's cluster.</param>
internal readonly record struct ScoredRow(float Probability, bool Label, double Weight, int Cluster);

/// <summary>
/// The rows of one slice as one model scores them, in increasing order of probability; rows with equal probabilities stay
/// in the Holdout's order, so that sums come out the same everywhere.
/// </summary>
/// <param name="Rows">The rows.</param>
/// <param name="PositiveCount">Rows with label 1.</param>
/// <param name="PositiveWeight">Sum of their weights.</param>
/// <param name="NegativeWeight">Sum of the other rows' weights.</param>
internal sealed record ScoredRows(ImmutableArray<ScoredRow> Rows, int PositiveCount, double PositiveWeight, double NegativeWeight)
{
    public bool HasBothClasses => PositiveCount > 0 && PositiveCount < Rows.Length;

    public double Weight => PositiveWeight + NegativeWeight;

    /// <summary>Share of class 1, by weight.</summary>
    public double LabelRate => PositiveWeight / Weight;

    public static ScoredRows Of(HoldoutSlices holdout, HoldoutSlice slice, ImmutableArray<float> probabilities, ReadOnlySpan<int> order)
    {
        ImmutableArray<ScoredRow>.Builder rows = ImmutableArray.CreateBuilder<ScoredRow>();
        int positives = 0;
        double positiveWeight = 0;
        double negativeWeight = 0;
        foreach (int row in order)
        {
            if (!slice.Members[row])
            {
                continue;
            }

            bool label = holdout.Labels[row];
            double weight = holdout.Weights[row];
            rows.Add(new ScoredRow(probabilities[row], label, weight, holdout.Clusters[row]));
            positives += label ? 1 : 0;
            positiveWeight += label ? weight : 0;
            negativeWeight += label ? 0 : weight;
        }

        return new ScoredRows(rows.ToImmutable(), positives, positiveWeight, negativeWeight);
    }

    /// <summary>Row numbers in increasing order of probability, ties in order of rows.</summary>
    public static int[] Order(ImmutableArray<float> probabilities)
    {
        // The bits of non-negative floats sort as the numbers do; adding zero turns −0 into 0.
        ulong[] keys = new ulong[probabilities.Length];
        for (int row = 0; row < keys.Length; row++)
        {
            keys[row] = ((ulong)BitConverter.SingleToUInt32Bits(probabilities[row] + 0f) << 32) | (uint)row;
        }

        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)(uint)key);
    }
}
