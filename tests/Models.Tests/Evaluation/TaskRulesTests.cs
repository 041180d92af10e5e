using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Evaluation.Tasks;

namespace Lifecycle.Models.Tests.Evaluation;

/// <summary>A target of another project is evaluated by the rules that it brings.</summary>
public sealed class TaskRulesTests
{
    [Fact]
    public void Evaluate_TargetOfAnotherProject_IsMeasuredByTheRulesThatItBrings()
    {
        TaskRules.Add<Steps>(new StepRules());
        EvaluationInput input = Evaluations.Input(
            new Steps(), [0, 2, 1], Evaluations.Model("challenger", [0.8f, 0.1f, 0.1f, 0.1f, 0.1f, 0.8f, 0.8f, 0.1f, 0.1f], 3), Evaluations.Model("constant", Enumerable.Repeat(1 / 3f, 9), 3));

        EvaluationReport report = ModelEvaluator.Evaluate(input).Report;

        Assert.Equal("balancedLogLoss", report.Loss);
        Assert.Equal(["low", "middle", "high"], report.Classes);
        Assert.Equal(1 / 3.0, report.Challenger.Slices["all"].Find("stepsApart")!.Value, 12);
        Assert.Equal([1, 1, 1], report.Comparisons[0].Clusters);
    }

    [Fact]
    public void Of_TargetWithoutRules_SaysWhereToAddThem() => Assert.Contains(
        "There are no task rules for Unruled", Assert.Throws<InvalidOperationException>(() => TaskRules.Of(new Unruled())).Message, StringComparison.Ordinal);

    private sealed record Steps : Target
    {
        public override ImmutableArray<string> ClassNames => ["low", "middle", "high"];

        public override AnswerForm Answer => AnswerForm.Probabilities;
    }

    private sealed record Unruled : Target
    {
        public override ImmutableArray<string> ClassNames => [];

        public override AnswerForm Answer => AnswerForm.Value;
    }

    private sealed class StepRules : TaskRules
    {
        public override ImmutableArray<Figure> Figures { get; } = [new("stepsApart", "steps apart", "0.00", FigureDirection.Lower)];

        public override TaskMeasurement Measure(SliceAnswers answers) => new(
            Named(("stepsApart", Enumerable.Range(0, answers.Count).Average(row => Math.Abs(Likeliest(answers.AnswerOf(row)) - answers.LabelOf(row))))), null, []);

        private static int Likeliest(ReadOnlySpan<float> answer)
        {
            int likeliest = 0;
            for (int step = 1; step < answer.Length; step++)
            {
                likeliest = answer[step] > answer[likeliest] ? step : likeliest;
            }

            return likeliest;
        }
    }
}
