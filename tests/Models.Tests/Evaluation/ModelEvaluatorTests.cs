using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed class ModelEvaluatorTests
{
    [Fact]
    public void Evaluate_Slices_MeasuresEachOnItsRows()
    {
        EvaluationInput input = Evaluations.Input([true, false, true, false], [0.9f, 0.2f, 0.4f, 0.6f]).WithSlice("new", [false, false, true, true]);

        SliceMetrics metrics = input.Measure("new");

        Assert.Equal(2, metrics.RowCount);
        Assert.Equal([1, 1], metrics.ClassRows);
        Assert.Equal(0, metrics.Find(Figure.AreaUnderCurve));
        Assert.Equal(0.75, input.Figure(Figure.AreaUnderCurve));
    }

    [Fact]
    public void Evaluate_EmptySlice_LeavesItOut()
    {
        EvaluationReport report = ModelEvaluator.Evaluate(Evaluations.Drawn(50).WithSlice("none", Enumerable.Repeat(false, 50))).Report;

        Assert.Equal(["all"], report.Challenger.Slices.Keys);
        Assert.DoesNotContain(report.Comparisons, comparison => comparison.Slice == "none");
    }

    [Fact]
    public void Evaluate_SlicesOfOneClass_SerialiseWithoutNaN()
    {
        EvaluationInput input = Evaluations.Drawn(200);
        EvaluationReport report = ModelEvaluator.Evaluate(
            input.WithSlice("positives", input.Positives()).WithSlice("negatives", input.Positives().Select(label => !label))).Report;

        string json = JsonSerializer.Serialize(report, DomainJson.Compact);

        Assert.DoesNotContain("NaN", json, StringComparison.Ordinal);
        Assert.Equal(3, JsonSerializer.Deserialize<EvaluationReport>(json, DomainJson.Compact)!.Challenger.Slices.Count);
    }

    [Fact]
    public void Evaluate_FirstModel_ComparesWithTheReferenceOnly()
    {
        EvaluationReport report = ModelEvaluator.Evaluate(Evaluations.Drawn(100) with { Champion = null }).Report;

        Assert.Null(report.Champion);
        Assert.All(report.Comparisons, comparison => Assert.Equal(PairedComparison.AgainstReference, comparison.Against));
    }

    [Fact]
    public void Evaluate_Twice_GivesTheSameReport()
    {
        string first = JsonSerializer.Serialize(ModelEvaluator.Evaluate(Evaluations.Drawn(1000)).Report, DomainJson.Compact);
        string second = JsonSerializer.Serialize(ModelEvaluator.Evaluate(Evaluations.Drawn(1000)).Report, DomainJson.Compact);

        Assert.Equal(first, second);
    }

    [Fact]
    public void Evaluate_FullSizeHoldout_ComparesEverySlice()
    {
        EvaluationInput input = Evaluations.Drawn(30_000) with { Policy = new GatePolicy() };
        for (int slice = 1; slice <= 5; slice++)
        {
            int modulus = slice + 1;
            input = input.WithSlice($"slice {slice}", Enumerable.Range(0, 30_000).Select(row => row % modulus == 0));
        }

        EvaluationReport report = ModelEvaluator.Evaluate(input).Report;

        Assert.Equal(12, report.Comparisons.Length);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    public void Evaluate_NotAProbability_NamesModelAndRow(float probability)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            ModelEvaluator.Evaluate(Evaluations.Input([true, false], [0.5f, 0.5f]).WithChampion([0.5f, probability])));

        Assert.Contains("the champion's probability for Holdout row 1 is", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_TooFewProbabilities_SaysHowMany() => AssertRefused(
        Evaluations.Input([true, false], [0.5f]), "the challenger scored 1 rows of 2");

    [Fact]
    public void Evaluate_NoRows_SaysSo() => AssertRefused(Evaluations.Input([], []), "no rows");

    [Fact]
    public void Evaluate_WeightNotPositive_NamesTheRow() => AssertRefused(
        Evaluations.Input([true, false], [0.5f, 0.5f]).WithWeights(1, 0), "weight of Holdout row 1 is 0");

    [Fact]
    public void Evaluate_SliceOfAnotherLength_NamesIt() => AssertRefused(
        Evaluations.Input([true, false], [0.5f, 0.5f]).WithSlice("new", [true]), "slice 'new' has 1 entries for 2 labels");

    [Fact]
    public void Evaluate_SliceCalledAll_IsRefused() => AssertRefused(
        Evaluations.Input([true], [0.5f]).WithSlice(ModelMetrics.WholeHoldout, [true]), "a slice is called 'all'");

    [Fact]
    public void Evaluate_AssumedShareOfOne_IsRefused() => AssertRefused(Evaluations.Input([true], [0.5f], assumedRate: 1), "assumed shares are 0, 1");

    private static void AssertRefused(EvaluationInput input, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => ModelEvaluator.Evaluate(input)).Message, StringComparison.Ordinal);
}
