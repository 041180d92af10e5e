using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>What a rule decides on a slice, by weight: how much of it is right, and what the mistakes cost.</summary>
internal sealed class Decisions
{
    private readonly DecisionRule rule;
    private readonly double truePositive;
    private readonly double falsePositive;
    private readonly double falseNegative;
    private readonly double weight;

    public Decisions(SliceAnswers answers, DecisionRule rule)
    {
        this.rule = rule;
        weight = answers.Weight;
        for (int i = 0; i < answers.Count; i++)
        {
            bool isPositive = answers.LabelOf(i) == 1;
            bool isDecided = rule.IsPositive(answers.AnswerOf(i)[0]);
            truePositive += isDecided && isPositive ? answers.WeightOf(i) : 0;
            falsePositive += isDecided && !isPositive ? answers.WeightOf(i) : 0;
            falseNegative += !isDecided && isPositive ? answers.WeightOf(i) : 0;
        }
    }

    /// <summary>The figures that a rule adds to a report: three, and a fourth where it names costs.</summary>
    public static IEnumerable<Figure> FiguresOf(DecisionRule rule) =>
    [
        new("precision", "precision", "0.0%", FigureDirection.Higher),
        new("recall", "recall", "0.0%", FigureDirection.Higher),
        new("decidedShare", "decided for", "0.0%", FigureDirection.Neither),
        .. rule.Costs is null ? Array.Empty<Figure>() : [new("costOfMistakes", "cost of mistakes", "0.0000", FigureDirection.Lower)],
    ];

    /// <summary>Of the rows decided for the positive class, the share that is of it; null where none was.</summary>
    public double? Precision => truePositive + falsePositive > 0 ? truePositive / (truePositive + falsePositive) : null;

    /// <summary>Of the positive class, the share that was decided for; null where there is none.</summary>
    public double? Recall => truePositive + falseNegative > 0 ? truePositive / (truePositive + falseNegative) : null;

    /// <summary>Share of rows decided for the positive class.</summary>
    public double DecidedShare => (truePositive + falsePositive) / weight;

    /// <summary>Mean cost of a row's decision; null without costs.</summary>
    public double? CostOfMistakes => rule.Costs is { } costs ? ((costs.FalsePositive * falsePositive) + (costs.FalseNegative * falseNegative)) / weight : null;
}
