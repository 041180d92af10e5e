using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Rows;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Reports;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed class IntervalCoverageTests
{
    // Labels 1, 3, 6, 10: within, within (an end), above, below.
    private static EvaluationInput Input => Evaluations.Numbers("absolute", [1, 3, 6, 10], [1, 3, 5, 11], 3) with
    {
        Intervals = new ScoredIntervals(0.8, new Answers(2, [0, 2, 3, 5, 4, 5.5f, 11, 12]), CrossedRows: 7),
    };

    [Fact]
    public void Evaluate_Intervals_CountsLabelsWithinBelowAndAbove()
    {
        EvaluationReport report = ModelEvaluator.Evaluate(Input).Report;

        Assert.Equal((0.8, 7L), (report.Intervals!.Coverage, report.Intervals.CrossedRows));
        IntervalCoverage all = report.Intervals.Slices["all"];
        Assert.Equal((0.5, 0.25, 0.25), (all.Covered, all.Below, all.Above));
        Assert.Equal((2 + 2 + 1.5 + 1) / 4, all.MeanWidth, 1e-9);
        Assert.InRange(all.Lower, 0.01, 0.2);
        Assert.InRange(all.Upper, 0.8, 0.99);
    }

    [Fact]
    public void Evaluate_WeightsAndSlices_AreTakenIntoAccount()
    {
        EvaluationInput input = Input with { Holdout = Input.Holdout with { Weights = [3, 1, 1, 1] } };
        IntervalEvidence evidence = ModelEvaluator.Evaluate(input.WithSlice("late", [false, false, true, true])).Report.Intervals!;

        Assert.Equal(4.0 / 6, evidence.Slices["all"].Covered, 1e-9);
        Assert.Equal(0, evidence.Slices["late"].Covered);
        Assert.Equal(0, evidence.Slices["late"].Lower);
        Assert.True(evidence.Slices["late"].Upper > 0.5, "of two rows without one within, half within are no wonder");
    }

    [Fact]
    public void Evaluate_RowsInClusters_AreLessSure()
    {
        int rows = 400;
        bool[] within = [.. Enumerable.Range(0, rows).Select(row => row / 20 % 5 != 0)];
        EvaluationInput input = Evaluations.Numbers("absolute", [.. Enumerable.Range(0, rows).Select(row => (double)(row % 7))], [.. Enumerable.Repeat(0f, rows)], 3);
        input = input with { Intervals = new ScoredIntervals(0.8, new Answers(2, [.. within.SelectMany(inside => inside ? new[] { -1f, 99 } : [50f, 99])]), 0) };
        IntervalCoverage alone = ModelEvaluator.Evaluate(input).Report.Intervals!.Slices["all"];
        IntervalCoverage together = ModelEvaluator.Evaluate(input with { Holdout = input.Holdout with { Clusters = [.. Enumerable.Range(0, rows).Select(row => row / 20)] } }).Report.Intervals!.Slices["all"];

        Assert.Equal((0.8, 0.8), (alone.Covered, together.Covered));
        Assert.True(together.Upper - together.Lower > 3 * (alone.Upper - alone.Lower));
    }

    [Fact]
    public void Report_WithIntervals_IsOnThePageAndInTheDocument()
    {
        EvaluationResult result = ModelEvaluator.Evaluate(Input);
        string page = EvaluationPage.Render(result.Report, blessing: null, new EvaluationSubject { Model = "m", Snapshot = "s" }, result.Curves);
        EvaluationDocument document = EvaluationDocument.Read(EvaluationDocument.Of(result, Input.Policy).ToBytes());

        Assert.Contains("shall hold 80% of the labels", page, StringComparison.Ordinal);
        Assert.Contains("On 7 rows of the holdout their ends had crossed", page, StringComparison.Ordinal);
        Assert.Contains("<td data-label=\"Within\">50.0%</td>", page, StringComparison.Ordinal);
        Assert.Equal(0.5, document.Intervals!.Slices["all"].Covered);
        Assert.DoesNotContain("Prediction intervals", Render(Input with { Intervals = null }), StringComparison.Ordinal);
    }

    private static string Render(EvaluationInput input)
    {
        EvaluationResult result = ModelEvaluator.Evaluate(input);
        return EvaluationPage.Render(result.Report, blessing: null, new EvaluationSubject { Model = "m", Snapshot = "s" }, result.Curves);
    }
}
