using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Models.Tests.Evaluation;

/// <summary>Small inputs of an evaluation.</summary>
internal static class Evaluations
{
    public static GatePolicy Policy { get; } = new() { BootstrapSamples = 400 };

    /// <summary>An evaluation of one model, with the constant one half as ReferenceModel.</summary>
    public static EvaluationInput Input(bool[] labels, float[] challenger, double assumedRate = 0.5) => new()
    {
        Holdout = new HoldoutColumns { Labels = [.. labels] },
        Challenger = new ScoredModel("challenger", [.. challenger]) { AssumedRate = assumedRate },
        Reference = new ScoredModel("constant 0.5", [.. labels.Select(_ => 0.5f)]),
        ModelBytes = 1000,
        Latency = new LatencyReport(10, 20, 30),
        ParityDifference = 1e-7,
        Policy = Policy,
    };

    public static EvaluationInput WithSlice(this EvaluationInput input, string name, IEnumerable<bool> members) => input with
    {
        Holdout = input.Holdout with { Slices = input.Holdout.Slices.SetItem(name, [.. members]) },
    };

    public static EvaluationInput WithChampion(this EvaluationInput input, IEnumerable<float> probabilities) =>
        input with { Champion = new ScoredModel("champion", [.. probabilities]) };

    public static EvaluationInput WithWeights(this EvaluationInput input, params double[] weights) =>
        input with { Holdout = input.Holdout with { Weights = [.. weights] } };

    public static SliceMetrics Measure(this EvaluationInput input, string slice = HoldoutColumns.WholeHoldout) =>
        ModelEvaluator.Evaluate(input).Report.Challenger.Slices[slice];

    public static PairedComparison Compare(this EvaluationInput input, string against, string slice = HoldoutColumns.WholeHoldout) =>
        ModelEvaluator.Evaluate(input).Report.Comparisons.Single(found => found.Against == against && found.Slice == slice);

    /// <summary>
    /// Rows whose true probability is known: labels are drawn from it, the Challenger knows it, the Champion knows it blurred.
    /// </summary>
    public static EvaluationInput Drawn(int rows, double blur = 0.15, int seed = 11, int? blurSeed = null)
    {
        SplitMix64 draws = new((ulong)seed);
        SplitMix64 blurs = new((ulong)(blurSeed ?? seed));
        double[] truth = [.. Enumerable.Range(0, rows).Select(row => 0.05 + (0.9 * draws.UniformAt((ulong)(3 * row))))];
        bool[] labels = [.. truth.Select((probability, row) => draws.UniformAt((ulong)((3 * row) + 1)) < probability)];
        float[] blurred =
        [
            .. truth.Select((probability, row) =>
                (float)Math.Clamp(probability + (blur * ((2 * blurs.UniformAt((ulong)((3 * row) + 2))) - 1)), 0.01, 0.99)),
        ];
        return Input(labels, [.. truth.Select(probability => (float)probability)]).WithChampion(blurred);
    }
}
