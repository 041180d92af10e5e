using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Reports;

namespace Lifecycle.Models.Tests.Evaluation;

/// <summary>What a binary target's rule decides, counted by hand.</summary>
public sealed class DecisionTests
{
    private static readonly bool[] Labels = [true, true, false, false, true, false];
    private static readonly float[] Answers = [0.9f, 0.3f, 0.2f, 0.1f, 0.1f, 0.05f];

    [Fact]
    public void Measure_Threshold_CountsWhatIsDecidedForIt()
    {
        SliceMetrics metrics = With(new() { Threshold = 0.3 }).Measure();

        Assert.Equal((1, 2 / 3.0, 1 / 3.0), (metrics.Find("precision"), metrics.Find("recall"), metrics.Find("decidedShare")));
        Assert.Null(metrics.Find("costOfMistakes"));
    }

    [Fact]
    public void Measure_Costs_DecidesWhereBothMistakesCostTheSame()
    {
        EvaluationInput input = With(new() { Costs = new() { FalsePositive = 1, FalseNegative = 4 } });

        Assert.Equal(2 / 3.0, input.Figure("precision")!.Value, 12);
        Assert.Equal(2 / 3.0, input.Figure("recall")!.Value, 12);
        Assert.Equal((1 + 4) / 6.0, input.Figure("costOfMistakes")!.Value, 12);
        Assert.Equal((10 + 4) / 15.0, input.WithWeights(1, 1, 10, 1, 1, 1).Figure("costOfMistakes")!.Value, 12);
    }

    [Fact]
    public void Measure_NothingDecidedFor_HasNoPrecision()
    {
        SliceMetrics metrics = With(new() { Threshold = 0.95 }).Measure();

        Assert.Null(metrics.Find("precision"));
        Assert.Equal(0, metrics.Find("recall"));
    }

    [Fact]
    public void Measure_NoRule_ReportsWhatItReportedBefore()
    {
        EvaluationReport report = ModelEvaluator.Evaluate(Evaluations.Input(Labels, Answers)).Report;

        Assert.Equal(6, report.Figures.Length);
        Assert.Null(report.Decision);
        Assert.Equal(report.Figures.Select(figure => figure.Name).Order(StringComparer.Ordinal), report.Challenger.Slices["all"].Figures.Keys);
    }

    [Fact]
    public void Churn_DecisionsOfEachFile_AreCountedByItsOwnRule()
    {
        EvaluationInput input = With(new() { Threshold = 0.3 }).WithChampion(Answers);

        Assert.Equal(0, ModelEvaluator.Evaluate(input).Report.Churn!.DecisionsChanged);
        Assert.Equal(1 / 6.0, ModelEvaluator.Evaluate(input with { Champion = input.Champion! with { Decides = new() { Threshold = 0.5 } } }).Report.Churn!.DecisionsChanged!.Value, 12);
    }

    [Fact]
    public void Page_WithCosts_SpeaksOfDecisions()
    {
        EvaluationResult result = ModelEvaluator.Evaluate(With(new() { Costs = new() { FalsePositive = 1, FalseNegative = 4 } }).WithChampion(Answers));

        string page = EvaluationPage.Render(result.Report, null, new() { Model = "spam", Snapshot = "2024" }, result.Curves);

        Assert.Contains("<strong>Decisions</strong> are for class 1 from a probability of 0.2 on: a wrong one for it costs 1, one against it 4.", page, StringComparison.Ordinal);
        Assert.Contains("the decision changed on 0.0% of the rows", page, StringComparison.Ordinal);
        Assert.Contains("Cost of mistakes", page, StringComparison.Ordinal);
        EvaluationDocument document = EvaluationDocument.Read(EvaluationDocument.Of(result, new GatePolicy()).ToBytes());
        Assert.Equal(result.Report.Decision, document.Decision);
    }

    private static EvaluationInput With(DecisionRule rule) => Evaluations.Input(Labels, Answers) with { Target = new Target.Binary { Decision = rule } };
}
