using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed class PairedBootstrapTests
{
    [Fact]
    public void Compare_AnyModels_MeasuresTheDifferenceOfTheirBalancedLosses()
    {
        EvaluationReport report = ModelEvaluator.Evaluate(Evaluations.Drawn(3000)).Report;

        Assert.All(report.Comparisons, comparison =>
        {
            ModelMetrics other = comparison.Against == PairedComparison.AgainstChampion ? report.Champion! : report.Reference;
            Assert.Equal(other.Slices[comparison.Slice].Loss, comparison.OtherLoss);
            Assert.Equal(report.Challenger.Slices[comparison.Slice].Loss - comparison.OtherLoss, comparison.Difference, 9);
            Assert.InRange(comparison.Difference, comparison.Lower, comparison.Upper);
        });
    }

    [Fact]
    public void Compare_IndependentRows_GivesTheWidthOfTheNormalInterval()
    {
        EvaluationInput input = Evaluations.Drawn(5000) with { Policy = new GatePolicy { BootstrapSamples = 4000 } };
        PairedComparison comparison = input.Compare("champion");

        Assert.Equal(2 * 1.96 * StandardError(input), comparison.Upper - comparison.Lower, 0.05 * (comparison.Upper - comparison.Lower));
    }

    [Fact]
    public void Compare_TruthAgainstABlur_IsBelowZero() => Assert.True(Evaluations.Drawn(20_000, blur: 0.3).Compare("champion").Upper < 0);

    [Fact]
    public void Compare_ModelsEquallyGood_FindsOneBetterAboutOnceInForty()
    {
        // Both models are the truth with an independent blur of the same size, so neither is better.
        int better = Enumerable.Range(0, 400).Count(seed =>
        {
            EvaluationInput drawn = Evaluations.Drawn(400, seed: seed);
            EvaluationInput other = Evaluations.Drawn(400, seed: seed, blurSeed: seed + 1_000_000);
            return (drawn with { Challenger = other.Champion! }).Compare("champion").Upper < 0;
        });

        Assert.InRange(better, 2, 22);
    }

    [Theory]
    [InlineData("absolute")]
    [InlineData("squared")]
    [InlineData("tweedie(1.5)")]
    public void Compare_ModelsOfNumbersEquallyGood_FindsOneBetterAboutOnceInForty(string loss) =>
        Assert.InRange(Enumerable.Range(0, 200).Count(seed => EquallyGood.Numbers(loss, 400, seed).Compare("champion").Upper < 0), 1, 11);

    [Theory]
    [InlineData("logLoss")]
    [InlineData("balancedLogLoss")]
    public void Compare_ModelsOfSeveralClassesEquallyGood_FindsOneBetterAboutOnceInForty(string loss) =>
        Assert.InRange(Enumerable.Range(0, 200).Count(seed => EquallyGood.Classes(loss, 400, seed).Compare("champion").Upper < 0), 1, 11);

    [Fact]
    public void Compare_SameModel_IsExactlyZero()
    {
        EvaluationInput input = Evaluations.Drawn(500);
        PairedComparison comparison = input.WithChampion(input.Challenger.Values()).Compare("champion");

        Assert.Equal((0, 0, 0), (comparison.Difference, comparison.Lower, comparison.Upper));
    }

    [Fact]
    public void Compare_EveryRowFourTimesInItsCluster_KeepsTheInterval()
    {
        EvaluationInput once = Evaluations.Drawn(500);
        int[] rows = [.. Enumerable.Range(0, 2000).Select(row => row / 4)];
        EvaluationInput repeated = Evaluations.Input(
            [.. rows.Select(row => once.Holdout.Labels[row] == 1)], [.. rows.Select(row => once.Challenger.Values()[row])])
            .WithChampion(rows.Select(row => once.Champion!.Values()[row]));
        EvaluationInput clustered = repeated.WithClusters(rows);

        Assert.Equal(once.Compare("champion").Lower, clustered.Compare("champion").Lower, 12);
        Assert.Equal(once.Compare("champion").Clusters, clustered.Compare("champion").Clusters);
        Assert.True(repeated.Compare("champion").Lower > clustered.Compare("champion").Lower);
    }

    [Fact]
    public void Compare_ClassOfOneCluster_LeavesOutSamplesWithoutIt()
    {
        bool[] labels = [true, .. Enumerable.Repeat(false, 50)];
        PairedComparison comparison = Evaluations.Input(labels, [0.8f, .. Enumerable.Repeat(0.3f, 50)]).Compare("reference");

        Assert.Equal([50, 1], comparison.Clusters);
        Assert.True(double.IsFinite(comparison.Lower) && double.IsFinite(comparison.Upper));
    }

    [Fact]
    public void Compare_SliceOfOneClass_ComparesThatClass()
    {
        PairedComparison comparison = Evaluations.Input([true, false, false], [0.9f, 0.2f, 0.2f])
            .WithSlice("providers", [false, true, true]).Compare("reference", "providers");

        Assert.Equal(Math.Log(0.5) - Math.Log(0.8), comparison.Difference, 6);
        Assert.Equal([2, 0], comparison.Clusters);
    }

    /// <summary>Standard error of the difference in balanced loss of independent rows: the two classes' errors, halved and added.</summary>
    private static double StandardError(EvaluationInput input)
    {
        double Variance(bool label)
        {
            double[] differences =
            [
                .. Enumerable.Range(0, input.Holdout.Count).Where(row => input.Holdout.Labels[row] == (label ? 1 : 0))
                    .Select(row => Loss(input.Challenger, row, label) - Loss(input.Champion!, row, label)),
            ];
            double mean = differences.Average();
            return differences.Sum(difference => (difference - mean) * (difference - mean)) / differences.Length / differences.Length;
        }

        return Math.Sqrt(Variance(true) + Variance(false)) / 2;
    }

    private static double Loss(ScoredModel model, int row, bool label) =>
        -Math.Log(label ? model.Values()[row] : 1 - (double)model.Values()[row]);
}
