using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Evaluation.Slices;

namespace Lifecycle.Evaluation;

/// <summary>
/// Measures Challenger, Champion and ReferenceModel on the same rows, slice by slice, and compares them pairwise.
/// Pure: the same input gives the same figures. It judges nothing; that is the gate's.
/// </summary>
public static class ModelEvaluator
{
    /// <summary>Measures and compares.</summary>
    /// <exception cref="ArgumentException">The columns do not fit together, or a probability is not one.</exception>
    public static EvaluationResult Evaluate(EvaluationInput input)
    {
        HoldoutSlices holdout = new(input.Holdout);
        input.Challenger.Validate("challenger", holdout.RowCount);
        input.Champion?.Validate("champion", holdout.RowCount);
        input.Reference.Validate("reference", holdout.RowCount);

        ModelMeasurement challenger = ModelMeasurement.Of(holdout, input.Challenger);
        ModelMeasurement? champion = input.Champion is null ? null : ModelMeasurement.Of(holdout, input.Champion);
        ModelMeasurement reference = ModelMeasurement.Of(holdout, input.Reference);
        EvaluationReport report = new()
        {
            Challenger = challenger.Metrics,
            Champion = champion?.Metrics,
            Reference = reference.Metrics,
            Comparisons = Compare(holdout, input, champion?.Metrics, reference.Metrics),
            ModelBytes = input.ModelBytes,
            Latency = input.Latency,
            ParityDifference = input.ParityDifference,
        };
        EvaluationCurves curves = new() { Challenger = challenger.Curves, Champion = champion?.Curves, Reference = reference.Curves };
        return new EvaluationResult(report, curves);
    }

    private static ImmutableArray<PairedComparison> Compare(
        HoldoutSlices holdout, EvaluationInput input, ModelMetrics? champion, ModelMetrics reference)
    {
        List<(string Name, ScoredModel Scored, ModelMetrics Metrics)> others = [];
        if (input.Champion is not null && champion is not null)
        {
            others.Add((PairedComparison.AgainstChampion, input.Champion, champion));
        }

        others.Add((PairedComparison.AgainstReference, input.Reference, reference));
        PairedBootstrap bootstrap = new(holdout, input.Challenger.Probabilities, [.. others.Select(other => other.Scored.Probabilities)]);
        ImmutableArray<ImmutableArray<PairedDifference>> differences =
            bootstrap.Compare(input.Policy.BootstrapSamples, input.Policy.BootstrapSeed);
        return [.. others.SelectMany((other, i) => differences[i].Select(found => Describe(other.Name, other.Metrics, found)))];
    }

    private static PairedComparison Describe(string against, ModelMetrics other, PairedDifference found) => new(
        against,
        found.Slice,
        found.Difference,
        found.Interval.Lower,
        found.Interval.Upper,
        other.Slices[found.Slice].BalancedLogLoss,
        found.PositiveClusters,
        found.NegativeClusters);
}
