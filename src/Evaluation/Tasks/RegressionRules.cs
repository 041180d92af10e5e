using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Curves;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Tasks;

/// <summary>A number; calibration is what the deciding loss elicits.</summary>
public sealed class RegressionRules : TaskRules
{
    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures { get; } =
    [
        new("meanAbsoluteError", "absolute error", "0.0000", FigureDirection.Lower),
        new("rootMeanSquaredError", "RMSE", "0.0000", FigureDirection.Lower),
        new("medianAbsoluteError", "median error", "0.0000", FigureDirection.Lower),
        new("explainedShare", "R²", "0.0000", FigureDirection.Higher),
        new("rankCorrelation", "Spearman", "0.0000", FigureDirection.Higher),
        new("ratioOfSums", "ratio of sums", "0.0000", FigureDirection.Neither),
        new("zerosPredicted", "zeros predicted", "0.0%", FigureDirection.Neither),
        new("zerosSeen", "zeros seen", "0.0%", FigureDirection.Neither),
        new("errorOfSums", "error of sums of 100", "0.0%", FigureDirection.Lower),
    ];

    /// <inheritdoc/>
    public override TaskMeasurement Measure(SliceAnswers answers)
    {
        NumberRows rows = NumberRows.Of(answers);
        IReadOnlyList<Range> ranges = rows.Bins();
        IReadOnlyList<(double Predicted, double Seen)> sums = NumberFigures.Sums(rows);
        (double predicted, double seen) = NumberFigures.Zeros(rows);
        ObservedCalibration calibration = new NumberCalibration(rows, answers.Loss).Of(ranges);
        return new TaskMeasurement(
            Named(
                ("meanAbsoluteError", NumberFigures.MeanAbsoluteError(rows)),
                ("rootMeanSquaredError", NumberFigures.RootMeanSquaredError(rows)),
                ("medianAbsoluteError", NumberFigures.MedianAbsoluteError(rows)),
                ("explainedShare", NumberFigures.ExplainedShare(rows)),
                ("rankCorrelation", NumberFigures.RankCorrelation(rows)),
                ("ratioOfSums", NumberFigures.RatioOfSums(rows)),
                ("zerosPredicted", predicted),
                ("zerosSeen", seen),
                ("errorOfSums", NumberFigures.ErrorOfSums(sums))),
            new SliceCurves
            {
                Calibration = calibration.Drawn,
                Hexagons = NumberCurves.Hexagons(rows),
                Residuals = NumberCurves.Residuals(rows, ranges),
                Sums = NumberCurves.Sums(sums),
            },
            ObservedCalibration.Judged([calibration], answers.Loss.Elicits));
    }
}
