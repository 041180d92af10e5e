using System.Collections.Immutable;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Domain.Tests.Drift;

public sealed class DriftRulesTests
{
    private static readonly DriftPolicy Policy = new();

    [Fact]
    public void Decide_QuietWindow_IsNone()
    {
        DriftFinding finding = First(Windows.Quiet(0));

        Assert.Equal((DriftVerdict.None, DriftRule.Quiet), (finding.Verdict, finding.Rule));
        Assert.Equal("Of 6 figures 0 are at act and 0 at warn.", Assert.Single(finding.Reasons));
    }

    [Fact]
    public void Decide_BrokenContract_BlocksWhateverElseAsks()
    {
        DriftEvidence broken = Windows.Broken(0)
            .With(report => report with { Losses = new() { Labelled = Windows.Rise(0.5, 0.4) } })
            .WithRuns(new() { PromotedAt = Windows.Start.AddYears(-5) });

        DriftFinding finding = DriftDecisions.Decide(Policy with { MaximumAge = TimeSpan.FromDays(1) }, DriftState.Initial, broken);

        Assert.Equal((DriftVerdict.Block, DriftRule.ContractBroken), (finding.Verdict, finding.Rule));
        Assert.Equal("The data contract is broken: country: nullRate is 0.97, expected at most 0.01.", Assert.Single(finding.Reasons));
        Assert.Null(finding.AskedBy);
        Assert.Null(finding.After.AskedAt);
    }

    [Theory]
    [InlineData(0.0999, DriftVerdict.None)]
    [InlineData(0.1, DriftVerdict.Retrain)]
    public void Decide_LabelledLoss_AsksFromItsLowerBoundOn(double lower, DriftVerdict expected) =>
        Assert.Equal(expected, First(Windows.LabelledLoss(0, lower)).Verdict);

    [Theory]
    [InlineData(0.2499, DriftVerdict.None)]
    [InlineData(0.25, DriftVerdict.Retrain)]
    public void Decide_ProtectedSlice_AsksFromItsOwnBoundOn(double lower, DriftVerdict expected)
    {
        DriftEvidence window = Windows.Quiet(0).With(report => report with
        {
            Losses = new() { Slices = ImmutableSortedDictionary<string, LossChange>.Empty.Add("new", Windows.Rise(0.5, lower)) },
        });

        DriftFinding finding = First(window);

        Assert.Equal(expected, finding.Verdict);
        Assert.Equal(expected == DriftVerdict.Retrain ? DriftRule.ProtectedSlice : DriftRule.Quiet, finding.Rule);
    }

    [Fact]
    public void Decide_LossWhoseConditionsDoNotHold_IsNotUsedAndIsNamed()
    {
        LossChange unusable = Windows.Rise(0.9, 0.8) with { Inconclusive = "only 12 rows are labelled." };

        DriftFinding finding = First(Windows.Quiet(0).With(report => report with { Losses = new() { Labelled = unusable } }));

        Assert.Equal(DriftVerdict.None, finding.Verdict);
        Assert.Contains("The labelled loss does not count: only 12 rows are labelled.", finding.Reasons);
    }

    [Fact]
    public void Decide_EstimatedLoss_AsksInTwoOfThreeWindows()
    {
        Assert.Equal(
            [DriftVerdict.Watch, DriftVerdict.Watch, DriftVerdict.Retrain],
            Policy.Verdicts(Windows.EstimatedLoss(0, 0.2), Windows.Quiet(1), Windows.EstimatedLoss(2, 0.2)));
        Assert.DoesNotContain(
            DriftVerdict.Retrain,
            Policy.Verdicts(Windows.EstimatedLoss(0, 0.2), Windows.Quiet(1), Windows.Quiet(2), Windows.EstimatedLoss(3, 0.2)));
    }

    public static TheoryData<double, double?, string?, bool> Harm() => new()
    {
        { 0.0999, null, null, false },
        { 0.1, null, null, true },
        { 0.05, 0.05, null, false },
        { 0.05, 0.12, null, true },
        { 0.05, null, "too few rows", true },
    };

    [Theory]
    [MemberData(nameof(Harm))]
    public void Decide_DriftShare_CountsUnlessEveryReliableEstimateIsBelowHarm(double estimated, double? weighted, string? unreliable, bool asks)
    {
        DriftEvidence Window(int day) => Windows.AtAct(day, share: 0.5).With(report => report with
        {
            Losses = new()
            {
                Estimated = Upper(estimated) with { Inconclusive = unreliable },
                Weighted = weighted is { } upper ? Upper(upper) : null,
            },
        });

        ImmutableArray<DriftFinding> findings = Policy.Decide(DriftState.Initial, Window(0), Window(1)).Findings;

        Assert.Equal(asks ? DriftRule.DriftShare : DriftRule.DriftWithoutLoss, findings[1].Rule);
        Assert.Equal(!asks, findings[1].Reasons.Any(reason => reason.StartsWith("The drifted figures do not count, for the loss", StringComparison.Ordinal)));
    }

    [Fact]
    public void Decide_DriftShareWithFewerSeenKeys_CountsWhateverIsEstimated()
    {
        FigureDrift seen = new()
        {
            Name = "seen input",
            Kind = FigureKind.HighCardinality,
            Level = DriftLevel.Act,
            Effects = [new DriftEffect(DriftMeasure.SeenShare, 0.2, 0.03, 0.06, 1e-12, 6e-12)],
        };
        DriftEvidence Window(int day) => Harmless(day).With(report => report with { Figures = [seen] });

        Assert.Equal([DriftVerdict.Watch, DriftVerdict.Retrain], Policy.Verdicts(Window(0), Window(1)));
    }

    [Fact]
    public void Decide_DriftShareUnderAPolicyWithoutHarmlessRise_CountsWhateverIsEstimated() => Assert.Equal(
        [DriftVerdict.Watch, DriftVerdict.Retrain], (Policy with { HarmlessRise = 0 }).Verdicts(Harmless(0), Harmless(1)));

    [Fact]
    public void Decide_EstimatedLossNotSignificant_DoesNotCount() => Assert.DoesNotContain(
        DriftVerdict.Retrain,
        Policy.Verdicts(Windows.EstimatedLoss(0, 0.2, lower: -0.01), Windows.EstimatedLoss(1, 0.2, lower: -0.01)));

    [Fact]
    public void Decide_DriftShare_AsksInTwoOfThreeWindowsAndOnlyWhileItLasts()
    {
        ImmutableArray<DriftFinding> findings = Policy.Decide(
            DriftState.Initial, Windows.AtAct(0, share: 0.3), Windows.AtAct(1, share: 0.3), Windows.Quiet(2)).Findings;

        Assert.Equal([DriftRule.DriftWithoutLoss, DriftRule.DriftShare, DriftRule.DriftWithoutLoss], findings.Select(finding => finding.Rule));
        Assert.StartsWith("In 2 of the last 2 windows the figures at act hold 0.30 of the importance or more", findings[1].Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_DriftWithoutLoss_OnlyWatches()
    {
        DriftEvidence[] windows = [.. Enumerable.Range(0, 30).Select(day => Windows.AtAct(day, share: 0.29))];

        Assert.All(Policy.Verdicts(windows), verdict => Assert.Equal(DriftVerdict.Watch, verdict));
        Assert.Contains("length Wasserstein 0.4 (warn 0.1, act 0.2, adjusted p 6.0e-12)", First(windows[0]).Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(89, DriftVerdict.None)]
    [InlineData(90, DriftVerdict.Retrain)]
    public void Decide_Age_AsksFromTheLimitOn(int days, DriftVerdict expected)
    {
        DriftEvidence window = Windows.Quiet(0);
        RunFacts runs = new() { PromotedAt = window.Now.AddDays(-days) };

        DriftFinding finding = DriftDecisions.Decide(Policy with { MaximumAge = TimeSpan.FromDays(90) }, DriftState.Initial, window.WithRuns(runs));

        Assert.Equal(expected, finding.Verdict);
    }

    [Fact]
    public void Decide_AgeNotLimitedByThePolicy_LeavesItToTheCalendar() => Assert.Equal(
        DriftVerdict.None, First(Windows.Quiet(0).WithRuns(new() { PromotedAt = DateTimeOffset.UnixEpoch })).Verdict);

    private static DriftFinding First(DriftEvidence evidence) => DriftDecisions.Decide(Policy, DriftState.Initial, evidence);

    private static DriftEvidence Harmless(int day) =>
        Windows.AtAct(day, share: 0.5).With(report => report with { Losses = new() { Estimated = Upper(0.02) } });

    private static LossChange Upper(double upper) => Windows.Rise(0.01, 0) with { Upper = upper };
}
