using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation;

namespace Lifecycle.Models.Tests.Evaluation;

/// <summary>p-values of slices that have to be better, from the bootstrap that gives the intervals.</summary>
public sealed class SuperiorSliceTests
{
    private const int Samples = 400;

    [Fact]
    public void Evaluate_SlicesThatHaveToBeBetter_HavePValuesByHolm()
    {
        EvaluationReport report = Evaluate("first", "second", "third");

        PairedComparison[] tested = [.. new[] { "first", "second", "third" }.Select(slice => report.Comparisons.Single(found => found.Against == "champion" && found.Slice == slice))];
        Assert.All(tested, comparison => Assert.InRange(comparison.PValue!.Value, 1.0 / (Samples + 1), 1));
        PairedComparison[] sorted = [.. tested.OrderBy(comparison => comparison.PValue)];
        double[] expected = [3 * sorted[0].PValue!.Value, 2 * sorted[1].PValue!.Value, sorted[2].PValue!.Value];
        double running = 0;
        Assert.Equal(expected.Select(value => running = Math.Min(1, Math.Max(running, value))), sorted.Select(comparison => comparison.AdjustedPValue!.Value));
        Assert.All(tested, comparison => Assert.Equal(comparison.Upper < 0, comparison.PValue < 0.025));
    }

    [Fact]
    public void Evaluate_ModelsThatAnswerAlike_HaveThePValueOne()
    {
        EvaluationInput input = Evaluations.Drawn(400);
        EvaluationReport report = ModelEvaluator.Evaluate(
            input.WithChampion(input.Challenger.Values()).WithSlice("first", Enumerable.Range(0, 400).Select(row => row % 2 == 0)) with { Policy = Asking("first") }).Report;

        PairedComparison alike = report.Comparisons.Single(found => found is { Against: "champion", Slice: "first" });
        Assert.Equal((1, 1), (alike.PValue, alike.AdjustedPValue));
        Assert.Equal(1.0 / (Samples + 1), report.Comparisons.Single(found => found is { Against: "reference", Slice: "first" }).PValue);
    }

    [Fact]
    public void Evaluate_NobodyAsks_WritesNoPValue() => Assert.All(Evaluate().Comparisons, comparison => Assert.Null(comparison.PValue ?? comparison.AdjustedPValue));

    private static EvaluationReport Evaluate(params string[] superior)
    {
        EvaluationInput input = Evaluations.Drawn(900, blur: 0.3) with { Policy = Asking(superior) };
        foreach ((int remainder, string slice) in new[] { "first", "second", "third" }.Index())
        {
            input = input.WithSlice(slice, Enumerable.Range(0, 900).Select(row => row % 3 == remainder && row < 900 / (remainder + 1)));
        }

        return ModelEvaluator.Evaluate(input).Report;
    }

    private static GatePolicy Asking(params string[] superior) => Evaluations.Policy with { SuperiorSlices = [.. superior], BootstrapSamples = Samples };
}
