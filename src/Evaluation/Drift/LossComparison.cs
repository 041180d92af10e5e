using Lifecycle.Domain.Drift;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// Measures what happened to the live model's balanced log loss in a window: on labelled rows, in slices, by weighting the
/// Holdout, and by the model's own confidence. Pure: the same input gives the same evidence. It judges nothing; a
/// <c>DriftDecision</c> does.
/// </summary>
public static class LossComparison
{
    /// <summary>Measures.</summary>
    /// <exception cref="ArgumentException">The columns do not fit together, or a number is not what it must be.</exception>
    public static LossEvidence Measure(LossInput input)
    {
        input.Validate();
        LabelledLosses labelled = new(input);
        bool hasLabels = input.Window.Labels.Any(label => label is not null);
        LossEvidence evidence = new()
        {
            Weighted = input.Weights is null ? null : WeightedLoss.Measure(input, input.Weights),
            Estimated = EstimatedLoss.Measure(input, labelled.Holdout),
        };
        return hasLabels
            ? evidence with { Labelled = labelled.All, Slices = labelled.Slices, Decomposition = Decompose(input, labelled.All) }
            : evidence;
    }

    private static LossDecomposition? Decompose(LossInput input, LossChange labelled) =>
        labelled.Inconclusive is null && !input.Holdout.Strata.IsEmpty && !input.Window.Strata.IsEmpty
            ? LossStrata.Decompose(input.Holdout, input.Window)
            : null;
}
