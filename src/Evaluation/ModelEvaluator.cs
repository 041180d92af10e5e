using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Evaluation.Slices;
using Lifecycle.Evaluation.Tasks;
using Lifecycle.Statistics.Multiplicity;

namespace Lifecycle.Evaluation;

/// <summary>
/// Measures Challenger, Champion and ReferenceModel on the same rows, slice by slice, and compares them pairwise by the loss that the
/// policy names. Pure: the same input gives the same figures. It judges nothing; that is the gate's.
/// </summary>
public static class ModelEvaluator
{
    /// <summary>Measures and compares.</summary>
    /// <exception cref="ArgumentException">The columns do not fit together, an answer is none of the target, or the loss does not fit.</exception>
    /// <exception cref="FormatException">The policy's loss is none.</exception>
    public static EvaluationResult Evaluate(EvaluationInput input)
    {
        Loss loss = input.Policy.LossFor(input.Target);
        HoldoutSlices holdout = new(input.Holdout, input.Target, loss);
        input.Challenger.Validate("challenger", input.Target, holdout.RowCount);
        input.Champion?.Validate("champion", input.Target, holdout.RowCount);
        input.Reference.Validate("reference", input.Target, holdout.RowCount);

        ModelMeasurement challenger = ModelMeasurement.Of(holdout, input.Challenger);
        ModelMeasurement? champion = input.Champion is null ? null : ModelMeasurement.Of(holdout, input.Champion);
        ModelMeasurement reference = ModelMeasurement.Of(holdout, input.Reference);
        EvaluationReport report = new()
        {
            Loss = loss.Text,
            PredictionFloor = loss.FloorFor(holdout.Labels.AsSpan()),
            Classes = input.Target.ClassNames,
            Unit = input.Target.AnswerUnit,
            Decision = input.Target.Decides,
            Figures = TaskRules.Of(input.Target).FiguresOf(input.Target),
            Challenger = challenger.Metrics,
            Champion = champion?.Metrics,
            Reference = reference.Metrics,
            Comparisons = Compare(holdout, input.Policy, challenger, champion, reference),
            Calibration = challenger.Calibration.GetValueOrDefault(input.Policy.PrimarySlice, []),
            Churn = ChurnOf(holdout, input),
            Intervals = input.Intervals is { } intervals ? IntervalCoverages.Of(holdout, intervals) : null,
            Incomparable = input.Incomparable,
            ModelBytes = input.ModelBytes,
            Latency = input.Latency,
            ParityDifference = input.ParityDifference,
            ParityTolerance = input.ParityTolerance,
        };
        EvaluationCurves curves = new() { Challenger = challenger.Curves, Champion = champion?.Curves, Reference = reference.Curves };
        return new EvaluationResult(report, curves);
    }

    private static ImmutableArray<PairedComparison> Compare(
        HoldoutSlices holdout, GatePolicy policy, ModelMeasurement challenger, ModelMeasurement? champion, ModelMeasurement reference)
    {
        List<(string Name, ModelMeasurement Model)> others = [];
        if (champion is not null)
        {
            others.Add((PairedComparison.AgainstChampion, champion));
        }

        others.Add((PairedComparison.AgainstReference, reference));
        ImmutableDictionary<string, ImmutableArray<int>> clusters =
            holdout.Slices.ToImmutableDictionary(slice => slice.Name, slice => ClusterCounts.Of(holdout, slice));
        ImmutableArray<ImmutableArray<PairedDifference>> differences =
            new PairedBootstrap(holdout, challenger.Losses, [.. others.Select(other => other.Model.Losses)]).Compare(policy.BootstrapSamples, policy.BootstrapSeed);
        return
        [
            .. others.SelectMany((other, i) => Adjusted(policy.SuperiorSlices, differences[i], differences[i].Select(found => new PairedComparison(
                other.Name, found.Slice, found.Difference, found.Interval.Lower, found.Interval.Upper, other.Model.Metrics.Slices[found.Slice].Loss, clusters[found.Slice])))),
        ];
    }

    // Where several slices have to be better, each is held to a level at which all of them hold at once.
    private static IEnumerable<PairedComparison> Adjusted(ImmutableArray<string> superior, ImmutableArray<PairedDifference> found, IEnumerable<PairedComparison> comparisons)
    {
        PairedDifference[] tested = [.. found.Where(difference => superior.Contains(difference.Slice))];
        ImmutableArray<double> adjusted = AdjustedPValues.Holm([.. tested.Select(difference => difference.PValue)]);
        return comparisons.Select(comparison => Array.FindIndex(tested, difference => difference.Slice == comparison.Slice) is >= 0 and var place
            ? comparison with { PValue = tested[place].PValue, AdjustedPValue = adjusted[place] }
            : comparison);
    }

    private static ChurnEvidence? ChurnOf(HoldoutSlices holdout, EvaluationInput input) =>
        input.Champion is { } champion && holdout.Slices.FirstOrDefault(slice => slice.Name == input.Policy.PrimarySlice) is { } slice
            ? Churn.Of(holdout, slice, input.Challenger, champion)
            : null;
}
