using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Curves;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Tasks;

/// <summary>Two classes; the answer is the probability of the second. A slice of one class has losses only.</summary>
public sealed class BinaryRules : TaskRules
{
    private static readonly Figure Brier = new("brierScore", "Brier score", "0.0000", FigureDirection.Lower);

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures { get; } = Figure.OfTwoClasses.Insert(4, Brier);

    /// <inheritdoc/>
    public override ImmutableArray<Figure> FiguresOf(Target target) => target.Decides is { } rule ? [.. Figures, .. Decisions.FiguresOf(rule)] : Figures;

    /// <inheritdoc/>
    public override TaskMeasurement Measure(SliceAnswers answers)
    {
        double assumed = answers.AssumedShares.IsEmpty ? 0.5 : answers.AssumedShares[1];
        double rate = answers.WeightOfClass(1) / answers.Weight;
        double[] corrected = [.. Enumerable.Range(0, answers.Count).Select(i => PriorCorrection.Of(answers.AnswerOf(i)[0], assumed, rate))];
        ScoredRows scored = ScoredRows.Of(answers, position: 1, corrected);
        List<TieGroup> groups = TieGroup.Of(scored);
        Decisions? decisions = answers.Target.Decides is { } rule ? new(answers, rule) : null;
        ObservedCalibration? calibration = scored.HasBothClasses ? Calibration.Of(scored, groups, name: null) : null;
        return new TaskMeasurement(
            Named(
                ("balancedLogLoss", MeanLogLoss(answers, isBalanced: true)),
                ("logLoss", MeanLogLoss(answers, isBalanced: false)),
                (Figure.AreaUnderCurve, scored.HasBothClasses ? Ranking.AreaUnderCurve(scored, groups) : null),
                ("averagePrecision", scored.HasBothClasses ? Ranking.AveragePrecision(scored, groups) : null),
                (Brier.Name, BrierScore(scored)),
                ("calibrationError", calibration is null ? null : Calibration.ErrorOf(calibration)),
                ("precision", decisions?.Precision),
                ("recall", decisions?.Recall),
                ("decidedShare", decisions?.DecidedShare),
                ("costOfMistakes", decisions?.CostOfMistakes)),
            calibration is not null ? new SliceCurves { Calibration = calibration.Drawn, Gain = Gain.CurveOf(scored, groups) } : null,
            calibration is null ? [] : ObservedCalibration.Judged([calibration], answers.Loss.Elicits));
    }

    private static double BrierScore(ScoredRows scored) =>
        scored.Rows.Sum(row => row.Weight * Math.Pow(row.Probability - (row.Label ? 1 : 0), 2)) / scored.Weight;
}
