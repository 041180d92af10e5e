using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Rows;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Curves;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed class NumberFiguresTests
{
    [Fact]
    public void Measure_SmallExample_GivesTheFiguresOfTheTextbook()
    {
        SliceMetrics metrics = Evaluations.Numbers("absolute", [3, -0.5, 2, 7], [2.5f, 0, 2, 8]).Measure();

        Assert.Equal(0.5, metrics.Loss, 12);
        Assert.Equal(0.5, metrics.Find("meanAbsoluteError")!.Value, 12);
        Assert.Equal(Math.Sqrt(0.375), metrics.Find("rootMeanSquaredError")!.Value, 12);
        Assert.Equal(0.948608137, metrics.Find("explainedShare")!.Value, 8);
        Assert.Equal(0.5, metrics.Find("medianAbsoluteError")!.Value, 12);
        Assert.Equal(12.5 / 11.5, metrics.Find("ratioOfSums")!.Value, 12);
        Assert.Empty(metrics.ClassRows);
    }

    [Fact]
    public void RankCorrelation_ReferenceRows_IsTheReferenceNumber() =>
        Assert.Equal(0.8, Evaluations.Numbers("absolute", [1, 2, 3, 4, 5], [2, 1, 4, 3, 5]).Figure("rankCorrelation")!.Value, 12);

    [Fact]
    public void RankCorrelation_Ties_TakeTheirMeanRank() =>
        Assert.Equal(4 / Math.Sqrt(18), Evaluations.Numbers("absolute", [1, 1, 2, 2], [1, 2, 3, 3]).Figure("rankCorrelation")!.Value, 12);

    [Fact]
    public void RankCorrelation_WeightOfTwo_IsTheRowTwice() => Assert.Equal(
        Evaluations.Numbers("absolute", [1, 1, 2, 5, 4], [3, 3, 1, 4, 5]).Figure("rankCorrelation")!.Value,
        Evaluations.Numbers("absolute", [1, 2, 5, 4], [3, 1, 4, 5]).WithWeights(2, 1, 1, 1).Figure("rankCorrelation")!.Value,
        12);

    [Fact]
    public void Measure_ConstantLabels_LeavesOutWhatMeansNothing()
    {
        SliceMetrics metrics = Evaluations.Numbers("absolute", [0, 0], [1, 2]).Measure();

        Assert.Null(metrics.Find("explainedShare"));
        Assert.Null(metrics.Find("rankCorrelation"));
        Assert.Null(metrics.Find("ratioOfSums"));
        Assert.Null(metrics.Find("errorOfSums"));
        Assert.Equal((0, 1), (metrics.Find("zerosPredicted"), metrics.Find("zerosSeen")));
    }

    [Fact]
    public void ErrorOfSums_ErrorsThatCancel_IsZeroAndABiasIsNot()
    {
        double[] labels = [.. Enumerable.Range(0, 250).Select(row => 10.0 + (row % 2))];

        Assert.Equal(0, Evaluations.Numbers("absolute", labels, [.. labels.Select(_ => 10.5f)]).Figure("errorOfSums")!.Value, 9);
        Assert.Equal(0.1, Evaluations.Numbers("absolute", labels, [.. labels.Select(label => (float)label * 1.1f)]).Figure("errorOfSums")!.Value, 6);
        Assert.Equal(2, Curves(Evaluations.Numbers("absolute", labels, [.. labels.Select(_ => 10.5f)])).Sums.Length);
    }

    [Fact]
    public void Calibration_OfAMedian_IsTheShareOfLabelsAtMostThePrediction()
    {
        double[] labels = [.. Enumerable.Range(0, 1000).Select(row => (row % 100) + 0.5)];

        CalibrationEvidence right = Evidence(Evaluations.Numbers("absolute", labels, [.. labels.Select(_ => 50f)]));
        CalibrationEvidence high = Evidence(Evaluations.Numbers("absolute", labels, [.. labels.Select(_ => 80f)]));

        Assert.Equal((0.5, 0.8), (right.Total.Observed, high.Total.Observed));
        Assert.Equal(0.5 - (1.96 * 0.5 / Math.Sqrt(1000)), right.Total.Lower, 3);
    }

    [Fact]
    public void Calibration_OfAMedianAmongManyZeros_MayLieAnywhereInTheTie()
    {
        double[] labels = [.. Enumerable.Range(0, 100).Select(row => row < 70 ? 0.0 : row)];

        Assert.Equal(0.5, Evidence(Evaluations.Numbers("absolute", labels, [.. labels.Select(_ => 0f)])).Total.Observed, 12);
    }

    [Fact]
    public void Calibration_OfHubersCentre_IsOneHalfWhereTheLossIsLeast()
    {
        double[] labels = [.. Enumerable.Range(0, 1001).Select(row => Math.Exp(row / 200.0))];
        Loss huber = Loss.Parse("huber(40)");
        float least = Enumerable.Range(1, 1000).Select(step => step / 10f).MinBy(candidate =>
            huber.Of(new Answers(1, [.. labels.Select(_ => candidate)]), labels).Average());

        Assert.Equal(0.5, Evidence(Evaluations.Numbers("huber(40)", labels, [.. labels.Select(_ => least)])).Total.Observed, 0.01);
        Assert.NotEqual(0.5, Evidence(Evaluations.Numbers("absolute", labels, [.. labels.Select(_ => least)])).Total.Observed, 0.02);
    }

    [Fact]
    public void Calibration_OfAMean_HasBinsOfMeansWithIntervalsByCluster()
    {
        double[] labels = [.. Enumerable.Range(0, 400).Select(row => row % 4 == 0 ? 4.0 + (row / 4 % 3) : 0)];
        EvaluationInput apart = Evaluations.Numbers("poisson", labels, [.. labels.Select(_ => 1.25f)]);

        CalibrationEvidence alone = Evidence(apart);
        CalibrationEvidence together = Evidence(apart.WithClusters(labels.Select((_, row) => (row % 4) + (4 * (row / 40)))));

        Assert.Equal(labels.Average(), alone.Total.Observed, 12);
        Assert.True(together.Total.Upper - together.Total.Lower > 2 * (alone.Total.Upper - alone.Total.Lower));
        Assert.False(alone.HasNegativeLabels);
    }

    [Fact]
    public void Calibration_OfABinWithoutAnAmount_DoesNotCallItsPredictionWrong()
    {
        // Ten rows of a hundred with an amount expected once in a hundred: to see none is no wonder.
        double[] labels = [.. Enumerable.Range(0, 1000).Select(row => row is >= 500 and < 510 ? 5.0 : 0)];
        float[] predictions = [.. Enumerable.Range(0, 1000).Select(row => row < 500 ? 0.005f : 0.095f)];

        CalibrationBin quiet = Evidence(Evaluations.Numbers("tweedie(1.5)", labels, predictions)).Bins[0];

        Assert.Equal(0, quiet.Observed);
        Assert.InRange(quiet.Predicted, quiet.Lower, quiet.Upper);
    }

    [Fact]
    public void Evaluate_Deviance_RecordsTheFloor()
    {
        EvaluationReport report = ModelEvaluator.Evaluate(Evaluations.Numbers("gamma", [1, 3], [0, 2])).Report;

        Assert.Equal(2e-6, report.PredictionFloor!.Value, 12);
        Assert.True(double.IsFinite(report.Challenger.Slices["all"].Loss));
        Assert.Equal("minutes", report.Unit);
    }

    [Theory]
    [InlineData("gamma", 0, "labels above zero")]
    [InlineData("poisson", -1, "not negative")]
    [InlineData("absolute", double.NaN, "a finite number")]
    [InlineData("absolute", double.PositiveInfinity, "a finite number")]
    [InlineData("logLoss", 1, "cannot judge answers of target 'regression'")]
    public void Evaluate_LabelThatDoesNotFit_NamesItAndWhatIsExpected(string loss, double label, string expected) => Assert.Contains(
        expected,
        Assert.Throws<ArgumentException>(() => ModelEvaluator.Evaluate(Evaluations.Numbers(loss, [1, label], [1, 1]))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Curves_Pairs_CountEveryRowOnce()
    {
        double[] labels = [.. Enumerable.Range(0, 500).Select(row => row * row / 100.0)];
        SliceCurves curves = Curves(Evaluations.Numbers("absolute", labels, [.. labels.Select(label => (float)label + 3)]));

        Assert.Equal(500, curves.Hexagons.Sum(cell => cell.RowCount));
        Assert.InRange(curves.Hexagons.Length, 20, 80);
        Assert.Equal(10, curves.Residuals.Length);
        Assert.All(curves.Residuals, bin => Assert.Equal(-3, bin.Middle, 4));
    }

    private static CalibrationEvidence Evidence(EvaluationInput input) => Assert.Single(ModelEvaluator.Evaluate(input).Report.Calibration);

    private static SliceCurves Curves(EvaluationInput input) => ModelEvaluator.Evaluate(input).Curves.Challenger["all"];
}
