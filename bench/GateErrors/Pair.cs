using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Rows;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.GateErrors;

/// <summary>One holdout with two models that see the truth, each through a blur of its own; half of the blur is the cluster's.</summary>
internal static class Pair
{
    public const int Clusters = 200;
    public const int RowsPerCluster = 3;

    /// <summary>How the Challenger compares with the Champion.</summary>
    /// <param name="scenario">The rows.</param>
    /// <param name="seed">Seed of all draws.</param>
    /// <param name="sharpness">The Challenger's blur as a share of the Champion's; at 1 neither is better.</param>
    public static PairedComparison Compare(Scenario scenario, int seed, double sharpness) =>
        ModelEvaluator.Evaluate(Draw(scenario, Clusters, RowsPerCluster, seed, sharpness)).Report.Comparisons.First(found => found.Against == PairedComparison.AgainstChampion);

    public static EvaluationInput Draw(Scenario scenario, int clusters, int rowsPerCluster, int seed, double sharpness)
    {
        Draws draws = new(new SplitMix64(0x6761_7465).Split((ulong)seed));
        double half = Math.Sqrt(0.5) * scenario.Blur;
        List<double> labels = [];
        List<int> numbers = [];
        List<float> challenger = [];
        List<float> champion = [];
        for (int cluster = 0; cluster < clusters; cluster++)
        {
            (double shared, double left, double right) = (draws.Normal(), draws.Normal(), draws.Normal());
            for (int row = 0; row < rowsPerCluster; row++)
            {
                double[] truth = scenario.Truth(draws, shared);
                numbers.Add(cluster);
                labels.Add(scenario.Label(draws, truth));
                challenger.AddRange(scenario.Answer([.. truth.Select(one => one + (sharpness * half * (left + draws.Normal())))]));
                champion.AddRange(scenario.Answer([.. truth.Select(one => one + (half * (right + draws.Normal())))]));
            }
        }

        int width = scenario.Target.Width;
        float[] constant = scenario.Answer(scenario.Truth(new Draws(default), 0));
        return new EvaluationInput
        {
            Target = scenario.Target,
            Holdout = new RowSet { Inputs = new InputRows(new([]), []), Labels = [.. labels], Clusters = [.. numbers] },
            Challenger = new ScoredModel("challenger", new Answers(width, [.. challenger])),
            Champion = new ScoredModel("champion", new Answers(width, [.. champion])),
            Reference = new ScoredModel("constant", new Answers(width, [.. labels.SelectMany(_ => constant)])),
            ModelBytes = 1,
            Latency = new LatencyReport(1, 1, 1),
            ParityDifference = 0,
            Policy = new GatePolicy { Loss = scenario.Loss },
        };
    }
}
