using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Models.Tests.Evaluation;

/// <summary>Small inputs of an evaluation.</summary>
internal static class Evaluations
{
    public static GatePolicy Policy { get; } = new() { BootstrapSamples = 400 };

    /// <summary>An evaluation of one model of two classes, with the constant one half as ReferenceModel.</summary>
    public static EvaluationInput Input(bool[] labels, float[] challenger, double assumedRate = 0.5) => Input(
        new Target.Binary(),
        [.. labels.Select(label => label ? 1.0 : 0)],
        Model("challenger", challenger) with { AssumedShares = [1 - assumedRate, assumedRate] },
        Model("constant 0.5", labels.Select(_ => 0.5f)));

    /// <summary>An evaluation of one model.</summary>
    public static EvaluationInput Input(Target target, double[] labels, ScoredModel challenger, ScoredModel reference, string? loss = null) => new()
    {
        Target = target,
        Holdout = new RowSet { Inputs = new InputRows(new InputSchema([]), []), Labels = [.. labels] },
        Challenger = challenger,
        Reference = reference,
        ModelBytes = 1000,
        Latency = new LatencyReport(10, 20, 30),
        ParityDifference = 1e-7,
        Policy = Policy with { Loss = loss },
    };

    public static ScoredModel Model(string digest, IEnumerable<float> answers, int width = 1) => new(digest, new Answers(width, [.. answers]));

    /// <summary>The evaluation of one model whose answers are numbers, beside a constant.</summary>
    public static EvaluationInput Numbers(string loss, double[] labels, float[] predictions, float constant = 1) => Input(
        new Target.Regression { Unit = "minutes" }, labels, Model("challenger", predictions), Model("constant", labels.Select(_ => constant)), loss);

    /// <summary>Numbers that grow with the row, with errors of both signs, beside a constant.</summary>
    public static EvaluationInput DrawnNumbers(int rows, string loss = "absolute")
    {
        SplitMix64 draws = new(3);
        double[] labels = [.. Enumerable.Range(0, rows).Select(row => 5 + (40 * draws.UniformAt((ulong)(2 * row))))];
        return Numbers(loss, labels, [.. labels.Select((label, row) => (float)(label + (4 * draws.UniformAt((ulong)((2 * row) + 1))) - 2))], 20);
    }

    public static EvaluationInput WithSlice(this EvaluationInput input, string name, IEnumerable<bool> members) => input with
    {
        Holdout = input.Holdout with { Slices = input.Holdout.Slices.SetItem(name, [.. members]) },
    };

    public static EvaluationInput WithChampion(this EvaluationInput input, IEnumerable<float> answers) =>
        input with { Champion = Model("champion", answers, input.Challenger.Answers.Width) };

    public static EvaluationInput WithWeights(this EvaluationInput input, params double[] weights) =>
        input with { Holdout = input.Holdout with { Weights = [.. weights] } };

    public static EvaluationInput WithClusters(this EvaluationInput input, IEnumerable<int> clusters) =>
        input with { Holdout = input.Holdout with { Clusters = [.. clusters] } };

    /// <summary>Whether each row is of class 1.</summary>
    public static bool[] Positives(this EvaluationInput input) => [.. input.Holdout.Labels.Select(label => label == 1)];

    public static ImmutableArray<float> Values(this ScoredModel model) => model.Answers.Values;

    public static SliceMetrics Measure(this EvaluationInput input, string slice = ModelMetrics.WholeHoldout) =>
        ModelEvaluator.Evaluate(input).Report.Challenger.Slices[slice];

    /// <summary>A figure of the Challenger on all rows.</summary>
    public static double? Figure(this EvaluationInput input, string name) => input.Measure().Find(name);

    public static PairedComparison Compare(this EvaluationInput input, string against, string slice = ModelMetrics.WholeHoldout) =>
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
