using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Models.Tests.Evaluation;

/// <summary>Challenger and Champion are the truth, each with a blur of its own and of the same size: neither is better.</summary>
internal static class EquallyGood
{
    /// <summary>Amounts of which a third is zero, and the rest spread as an exponential distribution.</summary>
    public static EvaluationInput Numbers(string loss, int rows, int seed)
    {
        SplitMix64 draws = new((ulong)seed);
        double[] truth = [.. Enumerable.Range(0, rows).Select(row => 1 + (4 * At(draws, row, 0)))];
        double[] labels = [.. truth.Select((mean, row) => At(draws, row, 1) < 1 / 3.0 ? 0 : -1.5 * mean * Math.Log(1 - At(draws, row, 2)))];
        return Evaluations.Numbers(loss, labels, [.. truth.Select((mean, row) => (float)(mean * Blur(At(draws, row, 3))))])
            .WithChampion(truth.Select((mean, row) => (float)(mean * Blur(At(draws, row, 4)))));
    }

    /// <summary>Three classes, the third of them rare.</summary>
    public static EvaluationInput Classes(string loss, int rows, int seed)
    {
        SplitMix64 draws = new((ulong)seed);
        double[] first = [.. Enumerable.Range(0, rows).Select(row => 0.2 + (0.6 * At(draws, row, 0)))];
        double[] labels = [.. first.Select((probability, row) => At(draws, row, 1) switch { var drawn when drawn < probability => 0.0, var drawn when drawn < 0.9 => 1, _ => 2 })];
        return Evaluations.Input(
            new Target.Multiclass { Classes = ["a", "b", "c"] },
            labels,
            Evaluations.Model("challenger", first.SelectMany((probability, row) => Answer(probability, Blur(At(draws, row, 2)), Blur(At(draws, row, 3)))), 3),
            Evaluations.Model("constant", Enumerable.Repeat(1 / 3f, 3 * rows), 3),
            loss).WithChampion(first.SelectMany((probability, row) => Answer(probability, Blur(At(draws, row, 4)), Blur(At(draws, row, 5)))));
    }

    private static double At(SplitMix64 draws, int row, int column) => draws.UniformAt((ulong)((8 * row) + column));

    private static double Blur(double drawn) => Math.Exp(drawn - 0.5);

    private static float[] Answer(double first, double blurOfFirst, double blurOfThird)
    {
        double[] odds = [first * blurOfFirst, 0.9 - first, 0.1 * blurOfThird];
        return [.. odds.Select(odd => (float)(odd / odds.Sum()))];
    }
}
