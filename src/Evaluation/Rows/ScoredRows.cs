using System.Collections.Immutable;

namespace Lifecycle.Evaluation.Rows;

/// <summary>One row of a slice with the probability that a model gives to one class.</summary>
/// <param name="Probability">The predicted probability of the class.</param>
/// <param name="Corrected">The same, corrected for the slice's class shares.</param>
/// <param name="Label">Whether the row is of the class.</param>
/// <param name="Weight">The row's weight.</param>
/// <param name="Cluster">Number of the row's cluster.</param>
internal readonly record struct ScoredRow(float Probability, double Corrected, bool Label, double Weight, int Cluster);

/// <summary>
/// The rows of one slice by what one model gives to one class, in increasing order of probability; rows with equal probabilities stay
/// in the Holdout's order, so that sums come out the same everywhere.
/// </summary>
/// <param name="Rows">The rows.</param>
/// <param name="PositiveCount">Rows of the class.</param>
/// <param name="PositiveWeight">Sum of their weights.</param>
/// <param name="NegativeWeight">Sum of the other rows' weights.</param>
/// <param name="ClusterCount">Number of clusters in the Holdout.</param>
internal sealed record ScoredRows(ImmutableArray<ScoredRow> Rows, int PositiveCount, double PositiveWeight, double NegativeWeight, int ClusterCount)
{
    public bool HasBothClasses => PositiveCount > 0 && PositiveCount < Rows.Length;

    public double Weight => PositiveWeight + NegativeWeight;

    /// <summary>The rows by the probability of a class; of two classes the answer is that of the second.</summary>
    /// <param name="answers">The slice.</param>
    /// <param name="position">Position of the class.</param>
    /// <param name="corrected">Probability corrected for the slice's class shares, by row of the slice.</param>
    public static ScoredRows Of(SliceAnswers answers, int position, double[] corrected)
    {
        float[] probabilities = new float[answers.Count];
        for (int i = 0; i < probabilities.Length; i++)
        {
            ReadOnlySpan<float> answer = answers.AnswerOf(i);
            probabilities[i] = answer.Length > 1 ? answer[position] : answer[0];
        }

        ImmutableArray<ScoredRow>.Builder rows = ImmutableArray.CreateBuilder<ScoredRow>(probabilities.Length);
        int positives = 0;
        double positiveWeight = 0;
        double negativeWeight = 0;
        foreach (int i in Order.Of(probabilities))
        {
            bool label = answers.LabelOf(i) == position;
            double weight = answers.WeightOf(i);
            rows.Add(new ScoredRow(probabilities[i], corrected[i], label, weight, answers.ClusterOf(i)));
            positives += label ? 1 : 0;
            positiveWeight += label ? weight : 0;
            negativeWeight += label ? 0 : weight;
        }

        return new ScoredRows(rows.MoveToImmutable(), positives, positiveWeight, negativeWeight, answers.ClusterCount);
    }
}
