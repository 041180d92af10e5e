using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Slices;

/// <summary>How much one model's answers differ from another's on the same rows.</summary>
internal static class Churn
{
    private const double Quantile = 0.95;

    private static readonly DecisionRule LikelierThanNot = new();

    public static ChurnEvidence Of(HoldoutSlices holdout, HoldoutSlice slice, ScoredModel challenger, ScoredModel champion)
    {
        double[] shifts = new double[slice.Rows.Length];
        double[] weights = new double[slice.Rows.Length];
        double changed = 0;
        double weight = 0;
        foreach ((int i, int row) in slice.Rows.Index())
        {
            weights[i] = holdout.Weights[row];
            weight += weights[i];
            shifts[i] = ShiftOf(challenger.Answers.Of(row), champion.Answers.Of(row));
            changed += DecisionOf(challenger.Answers.Of(row), holdout.Target.Decides) == DecisionOf(champion.Answers.Of(row), champion.Decides ?? holdout.Target.Decides) ? 0 : weights[i];
        }

        return new ChurnEvidence(WeightedQuantile.Of(shifts, weights, Quantile), holdout.Target.Answer == AnswerForm.Value ? null : changed / weight);
    }

    private static double ShiftOf(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double shift = 0;
        for (int i = 0; i < left.Length; i++)
        {
            shift = Math.Max(shift, Math.Abs((double)left[i] - right[i]));
        }

        return shift;
    }

    private static int DecisionOf(ReadOnlySpan<float> answer, DecisionRule? rule) =>
        answer.Length > 1 ? Prediction.OfClasses.LikeliestOf(answer) : (rule ?? LikelierThanNot).IsPositive(answer[0]) ? 1 : 0;
}
