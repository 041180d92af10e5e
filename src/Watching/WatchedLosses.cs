using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Drift;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Drift;
using Lifecycle.Training.Domains;

namespace Lifecycle.Watching;

/// <summary>What became of the live model's loss, and how well a classifier tells the window from the Holdout, which weighs one of the estimates.</summary>
/// <param name="Separation">The classifier's separation; null where it could not be measured.</param>
/// <param name="Input">What the estimates were measured from.</param>
/// <param name="Evidence">The losses.</param>
internal sealed record WatchedLosses(DomainSeparation? Separation, LossInput Input, LossEvidence Evidence)
{
    /// <summary>Measures.</summary>
    /// <param name="model">The model's definition.</param>
    /// <param name="target">What the live model predicts.</param>
    /// <param name="sides">Both sides.</param>
    /// <param name="figures">Figures of the inputs.</param>
    /// <param name="unmeasured">Takes what could not be measured.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static WatchedLosses Measure(
        ModelDefinition model, Target target, WatchSides sides, ImmutableArray<FigureDefinition> figures, UnmeasuredSentences unmeasured, DataLimits limits, CancellationToken cancellation)
    {
        DriftPolicy policy = model.Watch.Policy;
        Vectors? vectors = unmeasured.Unless("separation from the baseline", () => new Vectors(
            sides.Holdout.Vectors([.. figures, DriftFigures.Prediction], limits), sides.Window.Vectors([.. figures, DriftFigures.Prediction], limits)));
        DomainScores? scores = vectors is null ? null : unmeasured.Unless("separation from the baseline", () => vectors.Separate(cancellation));
        SlicedSides slices = SlicedSides.Of(sides, model.Watch.ProtectedSlices, new InputSlices(sides.Schema, limits), unmeasured, cancellation);
        LossInput input = new()
        {
            Target = target,
            Loss = LossOf(model, target),
            Holdout = sides.HoldoutRows(slices.Holdout),
            Window = sides.Window.ToUnlabelledRows(),
            Weights = scores is null ? null : unmeasured.Unless("importance weights", () => WeightsOf(vectors!, scores)),
            Policy = policy,
        };
        input = input with { Expected = vectors is null ? null : ExpectedOf(input, vectors, unmeasured, cancellation) };
        return new WatchedLosses(
            scores is null ? null : unmeasured.Unless("separation from the baseline", () => SeparationOf(scores, policy)),
            input,
            EvidenceOf(input, sides.LabelledRows(slices.Labelled), unmeasured));
    }

    // The definition may have moved on to a loss that the live model was never judged by.
    private static Loss LossOf(ModelDefinition model, Target target) =>
        model.Gate.LossFor(model.Predicts) is var loss && loss.Fits(target) ? loss : Loss.DefaultFor(target);

    private static DomainSeparation SeparationOf(DomainScores scores, DriftPolicy policy) => SeparationTest.Judge(
        [.. scores.Baseline.Select(score => score.Probability)], [.. scores.Window.Select(score => score.Probability)], policy);

    private static ImportanceWeights WeightsOf(Vectors vectors, DomainScores scores) => ImportanceWeights.Of(
        [.. scores.Baseline.Select(score => vectors.Holdout.Numbers[score.Row])],
        [.. scores.Baseline.Select(score => score.Probability)],
        [.. scores.Window.Select(score => score.Probability)]);

    // Probabilities say themselves what to expect of them; a number needs somebody who learnt from the Holdout how far off it is.
    private static ExpectedLosses? ExpectedOf(LossInput input, Vectors vectors, UnmeasuredSentences unmeasured, CancellationToken cancellation) =>
        LossComparison.IsEstimatedByConfidence(input.Loss) || input.Window.RowCount == 0
            ? null
            : unmeasured.Unless("estimate of the loss without labels", () =>
            {
                LossExpectations expected = LossModel.Expect(
                    vectors.Holdout.InOrder(), input.LossesOf(input.Holdout), input.Holdout.Weights.AsSpan(), vectors.Window.InOrder(), cancellation: cancellation);
                return ExpectedLosses.Proven(input, expected.Holdout, expected.Window);
            });

    // Labels come when they come: they are measured on the requests that they belong to, whatever window those were in.
    private static LossEvidence EvidenceOf(LossInput unlabelled, LossRows labelled, UnmeasuredSentences unmeasured)
    {
        LossEvidence estimates = (unlabelled.Window.RowCount == 0 ? null : unmeasured.Unless("loss without labels", () => LossComparison.Measure(unlabelled))) ?? new();
        LossEvidence? measured = labelled.RowCount == 0
            ? null
            : unmeasured.Unless("labelled loss", () => LossComparison.Measure(unlabelled with { Window = labelled, Weights = null, Expected = null }));
        return measured is null ? estimates : measured with { Weighted = estimates.Weighted, Estimated = estimates.Estimated };
    }

    /// <summary>Rows of both sides as vectors of figures.</summary>
    private sealed record Vectors(FigureRowsOfSide Holdout, FigureRowsOfSide Window)
    {
        public DomainScores? Separate(CancellationToken cancellation) =>
            Math.Min(Holdout.Rows.Length, Window.Rows.Length) < DomainClassifier.MinimumRows
                ? null
                : DomainClassifier.Score(Holdout.Rows, Window.Rows, cancellation: cancellation);
    }
}
