using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed class MetricsTests
{
    // The example of scikit-learn's documentation: AUC .75, average precision .8333.
    private static readonly EvaluationInput Textbook = Evaluations.Input([false, false, true, true], [0.1f, 0.4f, 0.35f, 0.8f]);

    [Fact]
    public void AreaUnderCurve_TextbookExample_IsTheShareOfOrderedPairs() => Assert.Equal(0.75, Textbook.Figure(Figure.AreaUnderCurve));

    [Fact]
    public void AveragePrecision_TextbookExample_IsTheStepSum() => Assert.Equal(5.0 / 6, Textbook.Figure("averagePrecision")!.Value, 12);

    [Fact]
    public void LogLoss_TextbookExample_IsTheMeanOfMinusLogarithms()
    {
        double expected = -(Math.Log(0.9) + Math.Log(0.6) + Math.Log(0.35) + Math.Log(0.8)) / 4;

        Assert.Equal(expected, Textbook.Figure("logLoss")!.Value, 6);
        Assert.Equal(expected, Textbook.Measure().Loss, 6);
    }

    [Fact]
    public void BalancedLogLoss_SkewedClasses_WeighsClassesAlike()
    {
        SliceMetrics metrics = Evaluations.Input([true, false, false, false], [0.5f, 0.2f, 0.2f, 0.2f]).Measure();

        Assert.Equal(-(Math.Log(0.5) + Math.Log(0.8)) / 2, metrics.Loss, 6);
        Assert.Equal(-(Math.Log(0.5) + (3 * Math.Log(0.8))) / 4, metrics.Find("logLoss")!.Value, 6);
    }

    [Fact]
    public void LogLoss_CertainAndWrong_IsFinite() =>
        Assert.Equal(-Math.Log(1e-7), Evaluations.Input([true, false], [0, 1]).Figure("logLoss")!.Value, 9);

    [Fact]
    public void AreaUnderCurve_Ties_CountHalf()
    {
        Assert.Equal(0.5, Evaluations.Input([true, false, true, false], [0.3f, 0.3f, 0.3f, 0.3f]).Figure(Figure.AreaUnderCurve));
        Assert.Equal(0.875, Evaluations.Input([true, false, true, false], [0.3f, 0.3f, 0.9f, 0.1f]).Figure(Figure.AreaUnderCurve));
    }

    [Fact]
    public void Ranking_ManyTiedRows_AgreesWithCountingEveryPair()
    {
        EvaluationInput input = Evaluations.Drawn(500);
        float[] rounded = [.. input.Challenger.Values().Select(probability => MathF.Round(probability, 1))];
        bool[] labels = input.Positives();

        double ordered = 0;
        int pairs = 0;
        for (int positive = 0; positive < labels.Length; positive++)
        {
            for (int negative = 0; negative < labels.Length; negative++)
            {
                if (labels[positive] && !labels[negative])
                {
                    pairs++;
                    ordered += (rounded[positive].CompareTo(rounded[negative]) + 1) / 2.0;
                }
            }
        }

        Assert.Equal(ordered / pairs, Evaluations.Input(labels, rounded).Figure(Figure.AreaUnderCurve)!.Value, 12);
    }

    [Fact]
    public void Metrics_WeightOfTwo_IsTheRowTwice()
    {
        SliceMetrics weighted = Evaluations.Input([true, false, true, false], [0.6f, 0.7f, 0.9f, 0.1f]).WithWeights(2, 1, 1, 1).Measure();
        SliceMetrics repeated = Evaluations.Input([true, true, false, true, false], [0.6f, 0.6f, 0.7f, 0.9f, 0.1f]).Measure();

        Assert.Equal(repeated.Find("logLoss")!.Value, weighted.Find("logLoss")!.Value, 12);
        Assert.Equal(repeated.Loss, weighted.Loss, 12);
        Assert.Equal(repeated.Find(Figure.AreaUnderCurve)!.Value, weighted.Find(Figure.AreaUnderCurve)!.Value, 12);
        Assert.Equal(repeated.Find("averagePrecision")!.Value, weighted.Find("averagePrecision")!.Value, 12);
    }

    [Fact]
    public void Metrics_OneClass_HaveLossesAndNothingElse()
    {
        SliceMetrics metrics = Evaluations.Input([false, false], [0.2f, 0.4f]).Measure();

        Assert.Equal(-(Math.Log(0.8) + Math.Log(0.6)) / 2, metrics.Loss, 6);
        Assert.Null(metrics.Find(Figure.AreaUnderCurve));
        Assert.Null(metrics.Find("averagePrecision"));
        Assert.Null(metrics.Find("calibrationError"));
    }
}
