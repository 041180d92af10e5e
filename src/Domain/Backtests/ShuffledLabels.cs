using Lifecycle.Domain.Evaluation;
using static System.FormattableString;

namespace Lifecycle.Domain.Backtests;

/// <summary>
/// What a model is worth that was trained on shuffled labels. Nothing, if the chain is sound: its rows tell it nothing of the Holdout's
/// labels, so it cannot be better than a constant. One that is better has seen them.
/// </summary>
public static class ShuffledLabels
{
    /// <summary>The outcome and its sentence.</summary>
    /// <param name="report">The evaluation, whose ReferenceModel is a constant.</param>
    /// <param name="slice">The slice that decides.</param>
    public static (BacktestOutcome Outcome, string Sentence) Judge(EvaluationReport report, string slice)
    {
        PairedComparison? found = report.Comparisons.FirstOrDefault(comparison => comparison.Against == PairedComparison.AgainstReference && comparison.Slice == slice);
        if (found is null || !double.IsFinite(found.Difference))
        {
            return (BacktestOutcome.Inconclusive, $"The slice '{slice}' was not measured: the holdout has no row in it.");
        }

        string figures = Invariant(
            $"Trained on shuffled labels, the model's {report.LossTitle} on '{slice}' is {found.OtherLoss + found.Difference:0.0000} against the {found.OtherLoss:0.0000} of a constant: difference {found.Difference:+0.0000;−0.0000;0.0000}, 95% interval [{found.Lower:+0.0000;−0.0000;0.0000}, {found.Upper:+0.0000;−0.0000;0.0000}]{Leading(report, slice)}.");
        return found.Upper < 0
            ? (BacktestOutcome.LabelsLeak, $"{figures} That cannot be learnt from such labels: the chain tells the model the holdout's labels. Look for an input that is made of the label, and for rows of the holdout among those that features are fitted on.")
            : (BacktestOutcome.NothingLearnt, $"{figures} It has learnt nothing that helps, as it must.");
    }

    private static string Leading(EvaluationReport report, string slice) =>
        report.Figures.FirstOrDefault(figure => figure.Better == FigureDirection.Higher) is { } figure && report.Challenger.Slices[slice].Find(figure.Name) is { } value
            ? Invariant($", {figure.Title} {value:0.000}")
            : "";
}
