using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Rows;
using Lifecycle.Evaluation.Drift;

namespace Lifecycle.Models.Tests.Evaluation.Drift;

public sealed class LossComparisonTests
{
    private const double Shape = 2;

    private static readonly LossInput Covariate = Traffic.Quiet() with
    {
        Window = Traffic.Drawn(4000, seed: 2, shape: Shape),
        Weights = Traffic.ExactWeights(4000, seed: 1, Shape),
    };

    private static readonly LossInput Concept = Traffic.Quiet() with
    {
        Window = Traffic.Drawn(4000, seed: 2, flipped: 0.3),
        Weights = Traffic.ExactWeights(4000, seed: 1, shape: 1),
    };

    [Fact]
    public void Measure_NothingChanged_HoldsZeroInEveryInterval()
    {
        LossEvidence found = LossComparison.Measure(Traffic.Quiet() with { Weights = Traffic.ExactWeights(4000, seed: 1, shape: 1) });

        Assert.All(new[] { found.Labelled!, found.Weighted!, found.Estimated! }, change =>
        {
            Assert.Null(change.Inconclusive);
            Assert.InRange(0, change.Lower, change.Upper);
            Assert.InRange(change.Change, change.Lower, change.Upper);
        });
    }

    [Fact]
    public void Measure_CovariateShift_IntervalsHoldTheTruthAboutAsOftenAsTheySay()
    {
        double truth = TruthOf(Covariate);
        LossEvidence[] found =
        [
            .. Enumerable.Range(0, 100).Select(trial => LossComparison.Measure(Traffic.Of(Traffic.Drawn(2000, seed: 1000 + trial), Traffic.Drawn(2000, seed: 2000 + trial, shape: Shape)) with
            {
                Weights = Traffic.ExactWeights(2000, seed: 1000 + trial, Shape),
                BootstrapSamples = 300,
            })),
        ];

        Assert.True(truth > 0.2, $"planted a rise of {truth:0.000}");
        Assert.InRange(found.Count(evidence => IsIn(evidence.Labelled!, truth)), 89, 100);
        Assert.InRange(found.Count(evidence => IsIn(evidence.Weighted!, truth)), 89, 100);
        Assert.InRange(found.Count(evidence => IsIn(evidence.Estimated!, truth)), 89, 100);
        Assert.All(found, evidence => Assert.True(evidence.Weighted!.Lower > 0.1 && evidence.Estimated!.Lower > 0.1));
    }

    [Fact]
    public void Measure_ConceptDrift_ShowsOnLabelsAndNeverInEstimatesWithoutThem()
    {
        LossEvidence found = LossComparison.Measure(Concept);

        Assert.True(found.Labelled!.Lower > 0.3, $"the labelled loss rose by {found.Labelled.Change:0.000}");
        Assert.InRange(found.Weighted!.Change, -0.02, 0.02);
        Assert.InRange(found.Estimated!.Change, -0.03, 0.03);
    }

    [Fact]
    public void Measure_LabelsOfTheWindow_TakeNoPartInEstimatesWithoutThem()
    {
        LossEvidence with = LossComparison.Measure(Concept);
        LossEvidence without = LossComparison.Measure(Concept with { Window = Concept.Window.Unlabelled() });

        Assert.Equal(without.Estimated, with.Estimated);
        Assert.Equal(without.Weighted, with.Weighted);
        Assert.Null(without.Labelled);
        Assert.Null(without.Decomposition);
        Assert.Empty(without.Slices);
    }

    [Fact]
    public void Measure_SameInputTwice_GivesTheSameEvidence()
    {
        LossEvidence once = LossComparison.Measure(Covariate);
        LossEvidence again = LossComparison.Measure(Covariate);

        Assert.Equal((once.Labelled, once.Weighted, once.Estimated), (again.Labelled, again.Weighted, again.Estimated));
    }

    [Fact]
    public void Measure_FewLabels_IsInconclusiveWithBothNumbers()
    {
        LossRows window = Covariate.Window;
        LossEvidence found = LossComparison.Measure(Covariate with { Window = window with { Labels = [.. window.Labels.Select((label, row) => row < 499 ? label : double.NaN)] } });

        Assert.Equal("499 labelled rows are fewer than the 500 that it needs", found.Labelled!.Inconclusive);
        Assert.Equal(499, found.Labelled.RowCount);
        Assert.Null(found.Decomposition);
    }

    [Fact]
    public void Measure_WindowLabelsOfOneClass_IsInconclusive()
    {
        LossRows window = Covariate.Window;
        LossEvidence found = LossComparison.Measure(Covariate with { Window = window with { Labels = [.. window.Labels.Select(label => label == 1 ? double.NaN : label)] } });

        Assert.Contains("not of the same classes", found.Labelled!.Inconclusive, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_FewClusters_IsInconclusiveHoweverManyRows()
    {
        LossRows window = Concept.Window with { Clusters = [.. Enumerable.Range(0, 4000).Select(row => $"entity {row % 25}")] };

        Assert.Contains("25 clusters in the window", LossComparison.Measure(Concept with { Window = window }).Labelled!.Inconclusive, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_EveryRowFourTimesInItsCluster_KeepsTheInterval()
    {
        int[] rows = [.. Enumerable.Range(0, 4000).Select(row => row / 4)];
        LossRows once = Traffic.Drawn(1000, seed: 2);
        LossRows repeated = new()
        {
            Answers = once.Answers.Take(rows),
            Labels = [.. rows.Select(row => once.Labels[row])],
            Clusters = [.. rows.Select(row => $"entity {row}")],
        };
        LossInput input = Traffic.Quiet();
        LossChange single = LossComparison.Measure(input with { Window = once }).Labelled!;
        LossChange clustered = LossComparison.Measure(input with { Window = repeated }).Labelled!;

        Assert.Equal(single.Lower, clustered.Lower, 9);
        Assert.Equal(single.Upper, clustered.Upper, 9);
    }

    [Fact]
    public void Measure_DriftInOneSlice_ShowsThereAndKeepsSlicesApart()
    {
        LossRows good = Traffic.Drawn(2000, seed: 3);
        LossRows bad = Traffic.Drawn(2000, seed: 4, flipped: 0.3);
        LossRows window = new()
        {
            Answers = new Answers(1, [.. good.Answers.Values, .. bad.Answers.Values]),
            Labels = [.. good.Labels, .. bad.Labels],
            Slices = Halves(),
        };
        LossInput input = Traffic.Of(Traffic.Drawn(4000, seed: 1) with { Slices = Halves() }, window);
        ImmutableSortedDictionary<string, LossChange> slices = LossComparison.Measure(input).Slices;

        Assert.Equal(["first", "second"], slices.Keys);
        Assert.InRange(0, slices["first"].Lower, slices["first"].Upper);
        Assert.True(slices["second"].Lower > 0.3);
        Assert.Equal(2000, slices["second"].RowCount);
    }

    [Fact]
    public void Measure_UnreliableWeights_AreInconclusiveAndSayWhy()
    {
        ImportanceWeights weights = Covariate.Weights! with { OffSupportShare = 0.2 };
        LossEvidence found = LossComparison.Measure(Covariate with { Weights = weights });

        Assert.Contains("20.0% of the window lies where the baseline has next to no rows", found.Weighted!.Inconclusive, StringComparison.Ordinal);
        Assert.Equal(found.Weighted.Inconclusive, found.Estimated!.Inconclusive);
    }

    [Fact]
    public void Measure_PredictionsNeverSeenOnTheHoldout_LeaveTheEstimateInconclusive()
    {
        LossRows window = Covariate.Window with { Answers = new Answers(1, [.. Covariate.Window.Answers.Values.Select((score, row) => row % 10 == 0 ? 0.999f : score)]) };

        Assert.Contains("outside those of the Holdout", LossComparison.Measure(Covariate with { Window = window }).Estimated!.Inconclusive, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_EmptyWindow_IsInconclusiveThroughout()
    {
        LossEvidence found = LossComparison.Measure(Covariate with { Window = new LossRows { Answers = new Answers(1, []), Labels = [] } });

        Assert.NotNull(found.Estimated!.Inconclusive);
        Assert.NotNull(found.Weighted!.Inconclusive);
        Assert.Null(found.Labelled);
    }

    [Fact]
    public void Measure_HoldoutRowWithoutALabel_IsRefusedByNumber()
    {
        LossRows holdout = Covariate.Holdout with { Labels = Covariate.Holdout.Labels.SetItem(7, double.NaN) };

        Assert.Contains("Holdout row 7", Assert.Throws<ArgumentException>(() => LossComparison.Measure(Covariate with { Holdout = holdout })).Message, StringComparison.Ordinal);
    }

    private static bool IsIn(LossChange change, double truth) => change.Lower <= truth && truth <= change.Upper;

    // What a window a hundred times as large shows, labels and all.
    private static double TruthOf(LossInput input) => LossComparison.Measure(input with
    {
        Window = Traffic.Drawn(200_000, seed: 5, shape: Shape),
        Holdout = Traffic.Drawn(200_000, seed: 6),
        Weights = null,
        BootstrapSamples = 10,
    }).Labelled!.Change;

    private static ImmutableSortedDictionary<string, ImmutableArray<bool>> Halves() => ImmutableSortedDictionary<string, ImmutableArray<bool>>.Empty
        .Add("first", [.. Enumerable.Range(0, 4000).Select(row => row < 2000)])
        .Add("second", [.. Enumerable.Range(0, 4000).Select(row => row >= 2000)]);
}
