using System.Collections.Immutable;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Domain.Tests.Drift;

public sealed class DriftReplayTests
{
    private static readonly DriftPolicy Policy = new();

    private static readonly DriftEvidence[] Windows =
    [
        Drift.Windows.AtAct(0, share: 0.5), Drift.Windows.AtAct(1, share: 0.5), Drift.Windows.Thin(2), Drift.Windows.Broken(3),
        Drift.Windows.EstimatedLoss(4, 0.2), Drift.Windows.LabelledLoss(5, 0.12), Drift.Windows.AtWarn(6), Drift.Windows.Quiet(7),
    ];

    [Fact]
    public void Under_ThePolicyThatWasInForce_FindsWhatWasDecided()
    {
        ImmutableArray<DriftDecision> history = Decide(Policy);

        ImmutableArray<ReplayedDecision> replayed = DriftReplay.Under(Policy, history);

        Assert.All(replayed, one => Assert.Null(one.Difference));
        Assert.Equal(history.Select(decision => (decision.Rule, decision.AskedBy)), replayed.Select(one => (one.Other.Rule, one.Other.AskedBy)));
    }

    [Fact]
    public void Under_HigherLossRise_NamesTheRetrainThatWouldNotHaveBeen()
    {
        ReplayedDecision different = Assert.Single(
            DriftReplay.Under(Policy with { LossRise = 0.13 }, Decide(Policy)), one => one.Difference is not null);

        Assert.Equal(("tracker-host-000006", DriftVerdict.Retrain, DriftVerdict.Watch), (different.Decision.Id, different.Decision.Verdict, different.Other.Verdict));
        Assert.StartsWith("Retrain by LabelledLoss becomes Watch by DriftWithoutLoss: ", different.Difference, StringComparison.Ordinal);
    }

    [Fact]
    public void Under_MoreRowsAskedFor_IsInconclusiveWhereTheRecordHasFewer()
    {
        ImmutableArray<ReplayedDecision> replayed = DriftReplay.Under(Policy with { MinimumRows = 5_000 }, Decide(Policy));

        Assert.Equal(DriftVerdict.Inconclusive, replayed[0].Other.Verdict);
        Assert.Equal(DriftVerdict.Block, replayed[3].Other.Verdict);
    }

    [Fact]
    public void Under_LowerFalseDiscoveryRate_JudgesRecordedFiguresAgain()
    {
        ReplayedDecision first = DriftReplay.Under(Policy with { FalseDiscoveryRate = 1e-13 }, Decide(Policy))[0];

        Assert.Equal((DriftVerdict.Watch, DriftVerdict.None), (first.Decision.Verdict, first.Other.Verdict));
    }

    [Fact]
    public void Under_WindowDecidedUnderSeveralPolicies_IsTakenOnce()
    {
        ImmutableArray<DriftDecision> history = Decide(Policy);
        DriftDecision again = history[0] with { Sequence = 9, Id = "tracker-host-000009", PolicyDigest = "other" };

        Assert.Equal(8, DriftReplay.Under(Policy, history.Add(again)).Length);
    }

    private static ImmutableArray<DriftDecision> Decide(DriftPolicy policy)
    {
        DriftState before = DriftState.Initial;
        List<DriftDecision> history = [];
        foreach (DriftEvidence evidence in Windows)
        {
            DriftFinding finding = DriftDecisions.Decide(policy, before, evidence);
            history.Add(new DriftDecision
            {
                Id = DriftDecision.IdOf("tracker-host", finding.After.Sequence),
                Sequence = finding.After.Sequence,
                Model = "tracker-host",
                WindowId = evidence.Report.Window.Id,
                BaselineId = evidence.Report.BaselineId,
                Policy = policy,
                PolicyDigest = "policy",
                Verdict = finding.Verdict,
                Rule = finding.Rule,
                AskedBy = finding.AskedBy,
                Reasons = finding.Reasons,
                Before = before,
                After = finding.After,
                Evidence = evidence,
                DecidedAt = evidence.Now,
            });
            before = finding.After;
        }

        return [.. history];
    }
}
