using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Models.Tests.Evaluation;

/// <summary>Models that answer the truth, from which the labels are drawn; <c>sharpness</c> makes them surer, or larger, than it.</summary>
internal static class SoundModels
{
    private static readonly double[] Odds = [3, 1, -1, -0.3];

    /// <summary>Four classes, two of them rare: as many rows as a quarter has, and what the model learned of their shares.</summary>
    public static EvaluationInput FourClasses(int rows, int seed, double sharpness = 1)
    {
        SplitMix64 draws = new((ulong)seed);
        double[][] truth = [.. Enumerable.Range(0, rows).Select(row => Softmax([.. Odds.Select((odds, position) => odds + (3 * At(draws, row, position)) - 1.5)], 1))];
        double[] labels = [.. truth.Select((probabilities, row) => Drawn(probabilities, At(draws, row, 4)))];
        EvaluationInput input = Evaluations.Input(
            new Target.Multiclass { Classes = ["None", "Minor", "Medium", "Substantial"] },
            labels,
            Evaluations.Model("challenger", truth.SelectMany(probabilities => Answer(probabilities, sharpness)), 4),
            Evaluations.Model("constant", Enumerable.Repeat(0.25f, 4 * rows), 4),
            "logLoss");
        return Brief(input with { Challenger = input.Challenger with { AssumedShares = [.. Enumerable.Range(0, 4).Select(position => truth.Average(probabilities => probabilities[position]))] } });
    }

    /// <summary>Two classes.</summary>
    public static EvaluationInput TwoClasses(int rows, int seed, double sharpness = 1)
    {
        EvaluationInput drawn = Evaluations.Drawn(rows, seed: seed) with { Champion = null };
        return Brief(drawn with
        {
            Challenger = Evaluations.Model("challenger", drawn.Challenger.Values().Select(probability => Answer([1 - probability, probability], sharpness)[1])),
            Policy = drawn.Policy with { Loss = "logLoss" },
        });
    }

    /// <summary>Amounts of which a third is zero.</summary>
    public static EvaluationInput Numbers(string loss, int rows, int seed, double sharpness = 1)
    {
        SplitMix64 draws = new((ulong)seed);
        double[] truth = [.. Enumerable.Range(0, rows).Select(row => 1 + (4 * At(draws, row, 0)))];
        double[] labels = [.. truth.Select((mean, row) => At(draws, row, 1) < 1 / 3.0 ? 0 : -1.5 * mean * Math.Log(1 - At(draws, row, 2)))];
        return Brief(Evaluations.Numbers(loss, labels, [.. truth.Select(mean => (float)(mean * sharpness))]));
    }

    private static EvaluationInput Brief(EvaluationInput input) => input with { Policy = input.Policy with { BootstrapSamples = 1 } };

    private static double At(SplitMix64 draws, int row, int column) => draws.UniformAt((ulong)((8 * row) + column));

    private static double[] Softmax(double[] odds, double sharpness)
    {
        double[] exponentials = [.. odds.Select(one => Math.Exp(sharpness * one))];
        return [.. exponentials.Select(one => one / exponentials.Sum())];
    }

    private static float[] Answer(double[] probabilities, double sharpness) =>
        [.. Softmax([.. probabilities.Select(one => Math.Log(one))], sharpness).Select(probability => (float)probability)];

    private static double Drawn(double[] probabilities, double uniform)
    {
        int position = 0;
        for (double passed = probabilities[0]; uniform >= passed && position < probabilities.Length - 1; passed += probabilities[position])
        {
            position++;
        }

        return position;
    }
}
