using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Runs;

namespace Lifecycle.Domain.Tests.Drift;

public sealed class DriftRestraintTests
{
    private static readonly DriftPolicy Policy = new();
    private static readonly RunFacts RunInFlight = new() { InFlight = true };

    [Fact]
    public void Decide_AskAgainWithinTheCoolDown_IsHeldBack()
    {
        DriftEvidence[] windows = [.. Enumerable.Range(0, 17).Select(day => Windows.AtAct(day, share: 0.5))];

        ImmutableArray<DriftFinding> findings = Policy.Decide(DriftState.Initial, windows).Findings;

        Assert.Equal([1, 15], RetrainDays(findings));
        Assert.All(findings[2..15], finding => Assert.Equal((DriftRule.CoolDown, DriftRule.DriftShare), (finding.Rule, finding.AskedBy)));
        Assert.Equal(
            "Held back: a retraining run was asked for at 2024-01-03 00:00Z by tracker-host-000002, and the cool-down is 14 days: until 2024-01-17 00:00Z.",
            findings[2].Reasons[^1]);
    }

    [Fact]
    public void Decide_LabelledLossWithinTheCoolDown_PassesOnce()
    {
        DriftEvidence[] windows =
        [
            Windows.AtAct(0, share: 0.5), Windows.AtAct(1, share: 0.5), Windows.LabelledLoss(2, 0.2), Windows.LabelledLoss(3, 0.2),
        ];

        ImmutableArray<DriftFinding> findings = Policy.Decide(DriftState.Initial, windows).Findings;

        Assert.Equal([DriftRule.DriftWithoutLoss, DriftRule.DriftShare, DriftRule.LabelledLoss, DriftRule.CoolDown], findings.Select(finding => finding.Rule));
    }

    [Fact]
    public void Decide_LabelledLossOfANewModel_PassesTheCoolDownAgain()
    {
        DriftState before = Policy.Decide(DriftState.Initial, Windows.LabelledLoss(0, 0.2)).State;

        DriftFinding finding = DriftDecisions.Decide(
            Policy, before, Windows.LabelledLoss(5, 0.2).With(report => report with { BaselineId = "second" }));

        Assert.Equal(DriftRule.LabelledLoss, finding.Rule);
    }

    [Fact]
    public void Decide_RunInFlight_EachReasonJoinsItOnceAndCostsNothing()
    {
        DriftState before = Policy.Decide(DriftState.Initial, Windows.AtAct(0, share: 0.5)).State;
        DriftEvidence both = Windows.AtAct(2, share: 0.5).With(report => report with { Losses = new() { Labelled = Windows.Rise(0.3, 0.2) } });

        ImmutableArray<DriftFinding> findings = Policy.Decide(
            before, Windows.AtAct(1, share: 0.5).WithRuns(RunInFlight), both.WithRuns(RunInFlight), (both with { Now = both.Now.AddDays(1) }).WithRuns(RunInFlight)).Findings;

        Assert.Equal([DriftVerdict.Retrain, DriftVerdict.Retrain, DriftVerdict.Watch], findings.Select(finding => finding.Verdict));
        Assert.All(findings, finding => Assert.Equal(DriftRule.InFlight, finding.Rule));
        Assert.Equal(DriftRule.LabelledLoss, findings[1].AskedBy);
        Assert.Empty(findings[^1].After.BudgetUses);
        Assert.Null(findings[^1].After.AskedAt);
    }

    [Fact]
    public void Decide_AskItselfStartedTheRun_DoesNotJoinItAgain()
    {
        DriftState before = Policy.Decide(DriftState.Initial, Windows.LabelledLoss(0, 0.2)).State;

        DriftFinding finding = DriftDecisions.Decide(Policy, before, Windows.LabelledLoss(1, 0.2).WithRuns(RunInFlight));

        Assert.Equal((DriftVerdict.Watch, DriftRule.InFlight), (finding.Verdict, finding.Rule));
    }

    [Fact]
    public void Decide_RefusedChallengers_DoubleTheCoolDownUpToTheLongest()
    {
        DriftPolicy policy = Policy with { MaximumCoolDown = TimeSpan.FromDays(50), Budget = 100 };
        DriftState state = DriftState.Initial;
        List<int> retrainDays = [];
        RunFacts runs = new();
        for (int day = 0; day < 200; day++)
        {
            DriftFinding finding = DriftDecisions.Decide(policy, state, Windows.AtAct(day, share: 0.5).WithRuns(runs));
            state = finding.After;
            if (finding.Verdict == DriftVerdict.Retrain)
            {
                retrainDays.Add(day);
                runs = new RunFacts { Ended = new() { Outcome = RetrainingOutcome.Refused, TriggerIds = [state.AskedDecision!] } };
            }
        }

        Assert.Equal([1, 29, 79, 129, 179], retrainDays);
    }

    [Theory]
    [InlineData(RetrainingOutcome.Refused, 1)]
    [InlineData(RetrainingOutcome.Rejected, 1)]
    [InlineData(RetrainingOutcome.Inconclusive, 1)]
    [InlineData(RetrainingOutcome.ApprovalTimedOut, 0)]
    [InlineData(RetrainingOutcome.StoppedByValidation, 0)]
    [InlineData(RetrainingOutcome.Promoted, 0)]
    public void Decide_RunEnded_IsCountedOnce(RetrainingOutcome outcome, int expected)
    {
        DriftState before = Policy.Decide(DriftState.Initial, Windows.LabelledLoss(0, 0.2)).State;
        RunFacts ended = new() { Ended = new() { Outcome = outcome, TriggerIds = ["someone-else", before.AskedDecision!] } };

        DriftState after = Policy.Decide(before, Windows.Quiet(1).WithRuns(ended), Windows.Quiet(2).WithRuns(ended)).State;

        Assert.Equal(expected, after.RefusedCount);
    }

    [Fact]
    public void Decide_RefusedRunNobodyHereAskedFor_IsNotCounted()
    {
        DriftState before = Policy.Decide(DriftState.Initial, Windows.LabelledLoss(0, 0.2)).State;
        RunFacts ended = new() { Ended = new() { Outcome = RetrainingOutcome.Refused, TriggerIds = ["by-hand"] } };

        Assert.Equal(0, DriftDecisions.Decide(Policy, before, Windows.Quiet(1).WithRuns(ended)).After.RefusedCount);
    }

    [Fact]
    public void Decide_BudgetSpent_HoldsEvenLabelledLossBackUntilThePeriodHasPassed()
    {
        DriftPolicy policy = Policy with { Budget = 2, CoolDown = TimeSpan.Zero, MaximumCoolDown = TimeSpan.Zero };
        DriftEvidence[] windows = [Windows.LabelledLoss(0, 0.2), Windows.LabelledLoss(1, 0.2), Windows.LabelledLoss(2, 0.2), Windows.LabelledLoss(365, 0.2)];

        ImmutableArray<DriftFinding> findings = policy.Decide(DriftState.Initial, windows).Findings;

        Assert.Equal([0, 1, 3], RetrainDays(findings));
        Assert.Equal((DriftVerdict.Watch, DriftRule.BudgetSpent), (findings[2].Verdict, findings[2].Rule));
    }

    private static int[] RetrainDays(ImmutableArray<DriftFinding> findings) =>
        [.. findings.Index().Where(finding => finding.Item.Verdict == DriftVerdict.Retrain).Select(finding => finding.Index)];
}
