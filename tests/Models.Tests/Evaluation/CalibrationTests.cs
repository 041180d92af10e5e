using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Metrics;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed class CalibrationTests
{
    private static ImmutableArray<CalibrationBin> Bins(EvaluationInput input) =>
        ModelEvaluator.Evaluate(input).Curves.Challenger["all"].Calibration;

    [Fact]
    public void Bins_DistinctPredictions_HoldEqualMass()
    {
        ImmutableArray<CalibrationBin> bins = Bins(Evaluations.Drawn(2000));

        Assert.Equal(10, bins.Length);
        Assert.All(bins, bin => Assert.Equal(200, bin.RowCount));
        Assert.Equal(1, bins.Sum(bin => bin.Share), 12);
    }

    [Fact]
    public void Bins_ConstantPrediction_AreOne()
    {
        CalibrationBin bin = Assert.Single(Bins(Evaluations.Input([true, false, false, false], [0.5f, 0.5f, 0.5f, 0.5f])));

        Assert.Equal(0.25, bin.Observed);
        Assert.Equal(0.25, bin.Predicted, 12);
    }

    [Fact]
    public void Bins_HalfOfTheRowsTied_StayAboutATenthElsewhere()
    {
        bool[] labels = [.. Enumerable.Range(0, 1000).Select(row => row % 3 == 0)];
        float[] scores = [.. Enumerable.Range(0, 1000).Select(row => row < 500 ? 0.25f : 0.25f + (row / 2000f))];

        Assert.Equal([500, 100, 100, 100, 100, 100], Bins(Evaluations.Input(labels, scores)).Select(bin => bin.RowCount));
    }

    [Fact]
    public void Bins_Interval_IsExact()
    {
        // 10 of 100 at 95%, by Clopper and Pearson: .0490 to .1762.
        bool[] labels = [.. Enumerable.Range(0, 100).Select(row => row % 10 == 0)];
        CalibrationBin bin = Assert.Single(Bins(Evaluations.Input(labels, [.. labels.Select(_ => 0.5f)])));

        Assert.Equal(0.0490, bin.Lower, 4);
        Assert.Equal(0.1762, bin.Upper, 4);
    }

    [Fact]
    public void Bins_RowsOfOneCluster_WidenTheInterval()
    {
        bool[] labels = [.. Enumerable.Range(0, 100).Select(row => row % 10 == 0)];
        EvaluationInput apart = Evaluations.Input(labels, [.. labels.Select(_ => 0.5f)]);
        EvaluationInput together = apart.WithClusters(labels.Select((_, row) => row / 10));

        Assert.True(Bins(together)[0].Upper > 2 * Bins(apart)[0].Upper);
    }

    [Fact]
    public void CalibrationError_TruthfulModel_IsSmallAndDistortedOneIsNot()
    {
        EvaluationInput truthful = Evaluations.Drawn(20_000);
        EvaluationInput distorted = truthful with
        {
            Challenger = Evaluations.Model("challenger", truthful.Challenger.Values().Select(p => p * p / ((p * p) + ((1 - p) * (1 - p))))),
        };

        Assert.InRange(truthful.Figure("calibrationError")!.Value, 0, 0.015);
        Assert.InRange(distorted.Figure("calibrationError")!.Value, 0.08, 0.2);
    }

    [Fact]
    public void CalibrationError_ModelOfBalancedClassesOnRareOnes_IsJudgedAfterCorrection()
    {
        // A tenth of class 1 thrown away: a model that still takes one half for granted is as good as corrected.
        EvaluationInput drawn = Evaluations.Drawn(60_000);
        int[] kept = [.. Enumerable.Range(0, 60_000).Where(row => drawn.Holdout.Labels[row] == 0 || row % 10 == 0)];
        EvaluationInput rare = Evaluations.Input(
            [.. kept.Select(row => drawn.Holdout.Labels[row] == 1)], [.. kept.Select(row => drawn.Challenger.Values()[row])]);

        Assert.InRange(rare.Figure("calibrationError")!.Value, 0, 0.015);
        Assert.True((rare with { Challenger = rare.Challenger with { AssumedShares = [0.9, 0.1] } }).Figure("calibrationError") > 0.2);
    }

    [Theory]
    [InlineData(0.5, 0.5, 0.2, 0.2)]
    [InlineData(0.9, 0.5, 0.5, 0.9)]
    [InlineData(0.2, 0.2, 0.5, 0.5)]
    [InlineData(0, 0.5, 0.2, 0)]
    [InlineData(1, 0.5, 0.2, 1)]
    public void PriorCorrection_KnownCases_FollowBayes(double probability, double assumed, double rate, double expected) =>
        Assert.Equal(expected, PriorCorrection.Of(probability, assumed, rate), 12);
}
