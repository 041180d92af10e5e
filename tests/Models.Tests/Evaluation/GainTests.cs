using System.Collections.Immutable;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Curves;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed class GainTests
{
    private static ImmutableArray<GainPoint> Curve(bool[] labels, float[] scores) =>
        ModelEvaluator.Evaluate(Evaluations.Input(labels, scores)).Curves.Challenger["all"].Gain;

    [Fact]
    public void Curve_PerfectOrder_FindsEverythingAtTheLabelRate()
    {
        bool[] labels = [.. Enumerable.Range(0, 100).Select(row => row < 20)];
        ImmutableArray<GainPoint> curve = Curve(labels, [.. labels.Select((_, row) => 1 - (row / 100f))]);

        Assert.Equal(51, curve.Length);
        Assert.Equal(0.5, curve.Single(point => point.Taken == 0.1).Found, 12);
        Assert.Equal(1, curve.Single(point => point.Taken == 0.2).Found, 12);
        Assert.Equal(new GainPoint(1, 1), curve[^1]);
    }

    [Fact]
    public void Curve_AllTied_IsTheDiagonal()
    {
        bool[] labels = [.. Enumerable.Range(0, 30).Select(row => row % 3 == 0)];

        Assert.All(Curve(labels, [.. labels.Select(_ => 0.5f)]), point => Assert.Equal(point.Taken, point.Found, 12));
    }

    [Fact]
    public void Curve_TwoLevels_IsStraightInsideEach()
    {
        ImmutableArray<GainPoint> curve = Curve([true, false, false, false], [0.9f, 0.9f, 0.1f, 0.1f]);

        Assert.Equal(0.5, curve.Single(point => point.Taken == 0.26).Found - 0.02, 12);
        Assert.Equal(1, curve.Single(point => point.Taken == 0.5).Found, 12);
    }
}
