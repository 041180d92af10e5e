using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Drift;
using Lifecycle.Training.Domains;

namespace Lifecycle.Models.Tests.Evaluation.Drift;

public sealed class LossesOfTargetsTests
{
    // More of them are in bench/README.md.
    private static readonly int Windows = int.Parse(Environment.GetEnvironmentVariable("LIFECYCLE_QUIET_WINDOWS") ?? "60", CultureInfo.InvariantCulture);

    // y 0 and 3 at μ 2, p 1.5: 5.656854249 and .285729163.
    [Theory]
    [InlineData("absolute", new[] { 7f, 1f }, new[] { 4f, 2f }, new double[] { 10, 0 }, 2, 4)]
    [InlineData("squared", new[] { 7f, 1f }, new[] { 4f, 2f }, new double[] { 10, 0 }, 5, 20)]
    [InlineData("pinball(0.9)", new[] { 7f, 7f }, new[] { 12f, 12f }, new double[] { 10, 10 }, 2.7, 0.2)]
    [InlineData("tweedie(1.5)", new[] { 2f, 3f }, new[] { 2f, 2f }, new double[] { 0, 3 }, 2.8284271245, 2.971291706)]
    public void Measure_LossOfNumbers_IsTheMeanOverLabelledRows(string loss, float[] before, float[] now, double[] labels, double baseline, double window)
    {
        LossChange found = Labelled(loss, new Target.Regression(), new(1, [.. before]), new(1, [.. now]), labels);

        Assert.Equal(baseline, found.Baseline, 7);
        Assert.Equal(window, found.Window, 7);
        Assert.Equal((window / baseline) - 1, found.Change, 6);
    }

    // A prediction of zero would lose without bound; the floor is a millionth of the Holdout's mean label, on both sides.
    [Fact]
    public void Measure_DevianceOfAPredictionOfZero_TakesTheHoldoutsFloor()
    {
        LossChange found = Labelled("poisson", new Target.Regression(), new(1, [2, 2]), new(1, [0, 2]), [1, 3]);
        double floor = DevianceLoss.FloorShare * 2;

        Assert.Equal(((2 * (Math.Log(1 / floor) - (1 - floor))) + (2 * ((3 * Math.Log(1.5)) - 1))) / 2, found.Window, 6);
    }

    [Fact]
    public void Measure_PlainLogLossOfClasses_IsTheMeanOverRows()
    {
        Answers answers = new(3, [0.7f, 0.2f, 0.1f, 0.1f, 0.8f, 0.1f]);

        Assert.Equal(0.289909248, Labelled("logLoss", TargetTraffic.Classes, answers, answers, [0, 1]).Baseline, 7);
    }

    // Class 0 twice with .7, class 1 once with .8: the mean of −ln .7 and −ln .8, whatever their shares.
    [Fact]
    public void Measure_BalancedLogLossOfClasses_CountsEachClassTheSame()
    {
        Answers answers = new(3, [0.7f, 0.2f, 0.1f, 0.7f, 0.2f, 0.1f, 0.1f, 0.8f, 0.1f]);

        Assert.Equal(-(Math.Log(0.7) + Math.Log(0.8)) / 2, Labelled("balancedLogLoss", TargetTraffic.Classes, answers, answers, [0, 0, 1]).Baseline, 6);
    }

    [Theory]
    [InlineData("balancedLogLoss")]
    [InlineData("logLoss")]
    public void Measure_ConceptDriftOfClasses_ShowsOnLabelsAlone(string loss)
    {
        LossEvidence found = LossComparison.Measure(TargetTraffic.Input(
            TargetTraffic.OfClasses(3000, seed: 1), TargetTraffic.OfClasses(3000, seed: 2, flipped: 0.3), Loss.Parse(loss)));

        Assert.True(found.Labelled!.Lower > 0.05, $"labelled {found.Labelled}");
        Assert.InRange(0, found.Estimated!.Lower, found.Estimated.Upper);
    }

    [Theory]
    [InlineData("balancedLogLoss")]
    [InlineData("logLoss")]
    public void Measure_OtherMixOfClasses_IsEstimatedWithoutLabels(string loss)
    {
        LossRows holdout = TargetTraffic.OfClasses(4000, seed: 1);
        LossRows window = TargetTraffic.OfClasses(4000, seed: 2, shape: 1.8);

        LossEvidence found = LossComparison.Measure(TargetTraffic.Input(holdout, window, Loss.Parse(loss)));

        Assert.Null(found.Estimated!.Inconclusive);
        Assert.True(Math.Abs(found.Labelled!.Change) > 0.03, $"planted {found.Labelled.Change:0.000}");
        Assert.InRange(found.Labelled.Change, found.Estimated.Lower - 0.03, found.Estimated.Upper + 0.03);
    }

    [Fact]
    public void Measure_OtherMixOfNumbers_IsEstimatedByAModelOfTheLosses()
    {
        LossInput input = TargetTraffic.Input(TargetTraffic.OfNumbers(4000, seed: 1), TargetTraffic.OfNumbers(4000, seed: 2, shape: 0.4), new AbsoluteLoss());
        LossExpectations expected = TargetTraffic.Expectations(input, 1, 2, windowShape: 0.4);

        LossEvidence found = LossComparison.Measure(input with { Expected = ExpectedLosses.Proven(input, expected.Holdout, expected.Window) });

        Assert.True(found.Labelled!.Change > 0.2, $"planted {found.Labelled.Change:0.000}");
        Assert.InRange(found.Labelled.Change, found.Estimated!.Lower - 0.03, found.Estimated.Upper + 0.03);
        Assert.True(found.Estimated.Lower > 0.1);
    }

    [Fact]
    public void Measure_ConceptDriftOfNumbers_ShowsOnLabelsAlone()
    {
        LossInput input = TargetTraffic.Input(TargetTraffic.OfNumbers(4000, seed: 1), TargetTraffic.OfNumbers(4000, seed: 2, noise: 1.5), new AbsoluteLoss());
        LossExpectations expected = TargetTraffic.Expectations(input, 1, 2, windowShape: 1);

        LossEvidence found = LossComparison.Measure(input with { Expected = ExpectedLosses.Proven(input, expected.Holdout, expected.Window) });

        Assert.True(found.Labelled!.Lower > 0.3);
        Assert.InRange(0, found.Estimated!.Lower, found.Estimated.Upper);
    }

    [Fact]
    public void Measure_NumbersWithoutAModelOfTheLosses_HasNoEstimate() => Assert.Null(LossComparison.Measure(
        TargetTraffic.Input(TargetTraffic.OfNumbers(600, seed: 1), TargetTraffic.OfNumbers(600, seed: 2), new AbsoluteLoss())).Estimated);

    // Twice the Holdout's mean expectation makes twice the loss.
    [Fact]
    public void Measure_ExpectedLosses_ScaleTheHoldoutsLoss()
    {
        LossInput input = TargetTraffic.Input(TargetTraffic.OfNumbers(2000, seed: 1), TargetTraffic.OfNumbers(2000, seed: 2), new AbsoluteLoss());
        ImmutableArray<double> expected = TargetTraffic.Expectations(input, 1, 2, windowShape: 1).Holdout;

        LossChange found = LossComparison.Measure(input with { Expected = ExpectedLosses.Proven(input, expected, [.. expected.Select(loss => 2 * loss)]) }).Estimated!;

        Assert.Equal(1, found.Change, 9);
        Assert.Equal(2 * found.Baseline, found.Window, 9);
    }

    [Fact]
    public void Proven_ExpectationsThatKnowNothing_AreRefused()
    {
        LossInput input = TargetTraffic.Input(TargetTraffic.OfNumbers(2000, seed: 1), TargetTraffic.OfNumbers(2000, seed: 2), new AbsoluteLoss());
        ImmutableArray<double> strangers = [.. TargetTraffic.OfNumbers(2000, seed: 9).Labels.Select(Math.Abs)];

        Assert.Contains("expected more than chance does", Refusal(input, strangers), StringComparison.Ordinal);
    }

    [Fact]
    public void Proven_ExpectationsThatAreTooLow_AreRefusedByTheirPart()
    {
        LossInput input = TargetTraffic.Input(TargetTraffic.OfNumbers(2000, seed: 1), TargetTraffic.OfNumbers(2000, seed: 2), new AbsoluteLoss());
        ImmutableArray<double> low = [.. TargetTraffic.Expectations(input, 1, 2, windowShape: 1).Holdout.Select(loss => 0.7 * loss)];

        Assert.Contains("part 1 of 5 of the Holdout", Refusal(input, low), StringComparison.Ordinal);
    }

    // Windows of the same world: the lower bound of a 95% interval is above zero in about one of forty, and hardly one asks for a run.
    [Theory]
    [InlineData("balancedLogLoss")]
    [InlineData("logLoss")]
    public void Measure_QuietWindowsOfClasses_RaiseAboutAsManyAlarmsAsTheySay(string loss) =>
        AssertQuiet(seed => TargetTraffic.Input(TargetTraffic.OfClasses(1500, 10_000 + seed), TargetTraffic.OfClasses(1500, 20_000 + seed), Loss.Parse(loss)));

    [Fact]
    public void Measure_QuietWindowsOfNumbers_RaiseAboutAsManyAlarmsAsTheySay() => AssertQuiet(seed =>
    {
        LossInput input = TargetTraffic.Input(TargetTraffic.OfNumbers(1500, 10_000 + seed), TargetTraffic.OfNumbers(1500, 20_000 + seed), new AbsoluteLoss());
        LossExpectations expected = TargetTraffic.Expectations(input, 10_000 + seed, 20_000 + seed, windowShape: 1);
        return input with { Expected = ExpectedLosses.Proven(input, expected.Holdout, expected.Window) };
    });

    private static void AssertQuiet(Func<int, LossInput> drawn)
    {
        DriftPolicy policy = new();
        LossEvidence[] found = [.. Enumerable.Range(0, Windows).Select(seed => LossComparison.Measure(drawn(seed)))];
        int labelled = found.Count(evidence => evidence.Labelled!.Lower > 0);
        int estimated = found.Count(evidence => evidence.Estimated!.Lower > 0);
        int asking = found.Count(evidence => evidence.Labelled!.Lower >= policy.LossRise || (evidence.Estimated!.Change >= policy.EstimatedRise && evidence.Estimated.Lower > 0));
        TestContext.Current.TestOutputHelper!.WriteLine($"{Windows} quiet windows: labelled loss above zero in {labelled}, estimated in {estimated}, asking in {asking}");

        Assert.All(found, evidence => Assert.Null(evidence.Estimated!.Inconclusive));
        Assert.InRange(labelled, 0, (Windows / 20) + 1);
        Assert.InRange(estimated, 0, (Windows / 20) + 1);
        Assert.InRange(asking, 0, Windows / 100);
    }

    private static LossChange Labelled(string loss, Target target, Answers before, Answers now, double[] labels) => LossComparison.Measure(new LossInput
    {
        Target = target,
        Loss = Loss.Parse(loss),
        Holdout = new LossRows { Answers = before, Labels = [.. labels] },
        Window = new LossRows { Answers = now, Labels = [.. labels] },
        Policy = new DriftPolicy { MinimumRows = 1 },
        BootstrapSamples = 50,
    }).Labelled!;

    private static string Refusal(LossInput input, ImmutableArray<double> expected) =>
        Assert.Throws<InvalidOperationException>(() => ExpectedLosses.Proven(input, expected, expected)).Message;
}
