using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Curves;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Tasks;

/// <summary>Several classes; the answer is the probability of each. Ranking and calibration are of one class against the rest.</summary>
public sealed class MulticlassRules : TaskRules
{
    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures { get; } =
    [
        new("balancedLogLoss", "balanced log loss", "0.0000", FigureDirection.Lower),
        new("logLoss", "log loss", "0.0000", FigureDirection.Lower),
        new("macroF1", "macro F1", "0.0000", FigureDirection.Higher),
        new("accuracy", "accuracy", "0.0000", FigureDirection.Higher),
        new("topTwo", "top two", "0.0000", FigureDirection.Higher),
        new(Figure.AreaUnderCurve, "AUC", "0.0000", FigureDirection.Higher),
        new("brierScore", "Brier score", "0.0000", FigureDirection.Lower),
        new("calibrationError", "calibration error", "0.0000", FigureDirection.Lower),
    ];

    /// <inheritdoc/>
    public override TaskMeasurement Measure(SliceAnswers answers)
    {
        Confusion confusion = new(answers);
        ImmutableArray<ClassMeasurement> classes = ClassMeasurement.Of(answers);
        return new TaskMeasurement(
            Named(
                ("balancedLogLoss", MeanLogLoss(answers, isBalanced: true)),
                ("logLoss", MeanLogLoss(answers, isBalanced: false)),
                ("macroF1", confusion.MacroF1),
                ("accuracy", confusion.Accuracy),
                ("topTwo", confusion.TopTwo),
                (Figure.AreaUnderCurve, classes.IsEmpty ? null : classes.Average(found => found.AreaUnderCurve)),
                ("brierScore", BrierScore(answers)),
                ("calibrationError", classes.IsEmpty ? null : classes.Average(found => Calibration.ErrorOf(found.Calibration)))),
            new SliceCurves
            {
                Classes = [.. classes.Select(found => new ClassCalibration(found.Calibration.Class!, found.Calibration.Drawn))],
                ByClass = [.. answers.Target.ClassNames.Select((name, position) => confusion.FiguresOf(name, position, classes.FirstOrDefault(found => found.Calibration.Class == name)?.AreaUnderCurve))],
                Confusion = confusion.ToRows(),
            },
            CalibrationByClass(classes, answers.Loss));
    }

    private static double BrierScore(SliceAnswers answers)
    {
        double sum = 0;
        for (int i = 0; i < answers.Count; i++)
        {
            ReadOnlySpan<float> answer = answers.AnswerOf(i);
            for (int position = 0; position < answer.Length; position++)
            {
                double miss = answer[position] - (answers.LabelOf(i) == position ? 1 : 0);
                sum += answers.WeightOf(i) * miss * miss;
            }
        }

        return sum / answers.Weight;
    }
}
