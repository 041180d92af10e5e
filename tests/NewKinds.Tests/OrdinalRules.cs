using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Evaluation.Tasks;

namespace Lifecycle.NewKinds.Tests;

/// <summary>What is measured of levels: by how many of them an answer is expected to miss, and the log loss.</summary>
public sealed class OrdinalRules : TaskRules
{
    /// <summary>Name of the figure that only this target has.</summary>
    public const string LevelsMissed = "levelsMissed";

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures { get; } =
    [
        new("balancedLogLoss", "balanced log loss", "0.0000", FigureDirection.Lower),
        new("logLoss", "log loss", "0.0000", FigureDirection.Lower),
        new(LevelsMissed, "levels missed", "0.00", FigureDirection.Lower),
    ];

    /// <inheritdoc/>
    public override TaskMeasurement Measure(SliceAnswers answers) => new(
        Named(
            ("balancedLogLoss", MeanLogLoss(answers, isBalanced: true)),
            ("logLoss", MeanLogLoss(answers, isBalanced: false)),
            (LevelsMissed, MeanLevelsMissed(answers))),
        Curves: null,
        CalibrationByClass(answers));

    private static double MeanLevelsMissed(SliceAnswers answers)
    {
        double sum = 0;
        for (int row = 0; row < answers.Count; row++)
        {
            ReadOnlySpan<float> answer = answers.AnswerOf(row);
            for (int level = 0; level < answer.Length; level++)
            {
                sum += answers.WeightOf(row) * answer[level] * Math.Abs(level - answers.LabelOf(row));
            }
        }

        return sum / answers.Weight;
    }
}
