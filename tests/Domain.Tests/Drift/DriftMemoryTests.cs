using System.Collections.Immutable;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Domain.Tests.Drift;

public sealed class DriftMemoryTests
{
    private static readonly DriftPolicy Policy = new();

    [Fact]
    public void Decide_Hysteresis_ArmsAtActAndDisarmsAfterTwoQuietWindows()
    {
        DriftEvidence[] windows =
        [
            Windows.AtWarn(0), Windows.AtAct(1), Windows.AtWarn(2), Windows.Quiet(3), Windows.AtWarn(4),
            Windows.Quiet(5), Windows.Quiet(6), Windows.AtWarn(7),
        ];

        ImmutableArray<DriftFinding> findings = Policy.Decide(DriftState.Initial, windows).Findings;

        Assert.Equal(
            [
                DriftRule.BelowAct, DriftRule.DriftWithoutLoss, DriftRule.DriftWithoutLoss, DriftRule.DriftWithoutLoss, DriftRule.DriftWithoutLoss,
                DriftRule.DriftWithoutLoss, DriftRule.Quiet, DriftRule.BelowAct,
            ],
            findings.Select(finding => finding.Rule));
        Assert.Contains("the watch is disarmed", findings[6].Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_WindowThatDoesNotTell_IsInconclusiveAndChangesNothing()
    {
        DriftState before = Policy.Decide(DriftState.Initial, Windows.AtAct(0, share: 0.5), Windows.Quiet(1)).State;

        DriftFinding finding = DriftDecisions.Decide(Policy, before, Windows.Thin(2));

        Assert.Equal((DriftVerdict.Inconclusive, DriftRule.Inconclusive), (finding.Verdict, finding.Rule));
        Assert.Equal(before with { Sequence = 3, BudgetUses = finding.After.BudgetUses }, finding.After);
        Assert.Contains("It holds 499 rows, fewer than the 500 that are needed to tell.", finding.Reasons);
    }

    [Fact]
    public void Decide_BrokenWindow_IsNotRemembered()
    {
        DriftState before = Policy.Decide(DriftState.Initial, Windows.AtAct(0, share: 0.5)).State;

        DriftState after = DriftDecisions.Decide(Policy, before, Windows.Broken(1)).After;

        Assert.Equal(before.Recent, after.Recent);
        Assert.Equal(before.Armed, after.Armed);
    }

    public static TheoryData<string> NumbersThatAreNone() => ["share", "effect", "p", "labelled", "estimated"];

    [Theory]
    [MemberData(nameof(NumbersThatAreNone))]
    public void Decide_FigureThatIsNoNumber_IsInconclusiveNeverNone(string which)
    {
        LossChange loss = Windows.Rise(double.NaN, double.NaN);
        DriftEvidence window = Windows.Quiet(0).With(report => which switch
        {
            "share" => report with { DriftShare = double.NaN },
            "effect" => report with { Figures = [Figure(double.NaN, 1)] },
            "p" => report with { Figures = [Figure(0.5, double.NaN)] },
            "labelled" => report with { Losses = new() { Labelled = loss } },
            _ => report with { Losses = new() { Estimated = loss } },
        });

        DriftFinding finding = DriftDecisions.Decide(Policy, DriftState.Initial, window);

        Assert.Equal(DriftVerdict.Inconclusive, finding.Verdict);
        Assert.Contains(finding.Reasons, reason => reason.Contains("no number", StringComparison.Ordinal) || reason.Contains("NaN", StringComparison.Ordinal));
    }

    [Fact]
    public void Decide_OtherBaseline_BeginsAnew()
    {
        DriftState before = Policy.Decide(DriftState.Initial, Windows.AtAct(0, share: 0.5)).State;

        DriftFinding finding = DriftDecisions.Decide(
            Policy, before, Windows.AtAct(1, share: 0.5).With(report => report with { BaselineId = "second" }));

        Assert.Equal(DriftVerdict.Watch, finding.Verdict);
        Assert.Equal("second", finding.After.BaselineId);
        Assert.Single(finding.After.Recent);
    }

    [Fact]
    public void Decide_EveryDecision_CountsOn() =>
        Assert.Equal(4, Policy.Decide(DriftState.Initial, Windows.Quiet(0), Windows.Thin(1), Windows.Broken(2), Windows.AtAct(3)).State.Sequence);

    private static FigureDrift Figure(double value, double p) => new()
    {
        Name = "length",
        Kind = FigureKind.Numeric,
        Level = DriftLevel.None,
        Effects = [new DriftEffect(DriftMeasure.Wasserstein, value, 0.1, 0.2, p, p)],
    };
}
