using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// Measures what happened to the live model's loss in a window: on labelled rows, in slices, by weighting the Holdout, and without
/// labels, by the model's own confidence or by a second model of its losses. Pure: the same input gives the same evidence. It judges
/// nothing; a <c>DriftDecision</c> does.
/// </summary>
public static class LossComparison
{
    /// <summary>Measures.</summary>
    /// <exception cref="ArgumentException">The columns do not fit together, or a number is not what it must be.</exception>
    public static LossEvidence Measure(LossInput input)
    {
        input.Validate();
        LabelledLosses labelled = new(input);
        bool hasLabels = Enumerable.Range(0, input.Window.RowCount).Any(input.Window.IsLabelled);
        LossEvidence evidence = new()
        {
            Weighted = input.Weights is null ? null : WeightedLoss.Measure(input, input.Weights),
            Estimated = Estimate(input, labelled.Holdout),
        };
        return hasLabels
            ? evidence with { Labelled = labelled.All, Slices = labelled.Slices, Decomposition = Decompose(input, labelled.All) }
            : evidence;
    }

    /// <summary>Whether probabilities themselves say what loss to expect; where they do not, a second model has to.</summary>
    public static bool IsEstimatedByConfidence(Loss loss) => loss.Elicits.Kind == ElicitedKind.Probabilities;

    private static LossChange? Estimate(LossInput input, LossReplicates holdout) => IsEstimatedByConfidence(input.Loss)
        ? ConfidenceEstimate.Measure(input, holdout)
        : input.Expected is null ? null : DirectEstimate.Measure(input, input.Expected, holdout);

    private static LossDecomposition? Decompose(LossInput input, LossChange labelled) =>
        labelled.Inconclusive is null && !input.Holdout.Strata.IsEmpty && !input.Window.Strata.IsEmpty ? LossStrata.Decompose(input) : null;
}
