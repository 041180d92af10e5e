using System.Collections.Immutable;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.Tests.Releases;

public sealed class ApprovalRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ApprovalPolicy Policy = new();
    private static readonly ReleaseManifest Release = new()
    {
        Model = "disposable-domain",
        Snapshot = "2020-05",
        SnapshotDigest = "5",
        Channel = "production",
        ChannelVersion = 3,
        BlessingDigest = "b",
        PolicyDigest = "p",
        InvocationId = "temporal://default/retrain-disposable-domain/1",
        RequestedBy = "dora",
        Digest = "d",
    };

    [Fact]
    public void Tally_TwoDifferentEngineers_Approves()
    {
        ApprovalTally tally = Tally(Approval("bob"), Approval("alice"));

        Assert.True(tally.IsApproved);
        Assert.Equal(["alice", "bob"], tally.ApprovedBy);
    }

    [Fact]
    public void Tally_OneEngineerTwice_CountsOnce()
    {
        ApprovalTally tally = Tally(Approval("alice"), Approval("alice"));

        Assert.False(tally.IsApproved);
        Assert.Equal(DecisionRefusalReason.AlreadyDecided, Assert.Single(tally.Uncounted).Reason);
    }

    [Fact]
    public void Tally_OneKeyUnderTwoIds_CountsOnce()
    {
        ApprovalTally tally = Tally(Approval("alice"), Approval("bob") with { KeyFingerprint = "key of alice" });

        Assert.False(tally.IsApproved);
        Assert.Equal(DecisionRefusalReason.KeyAlreadyUsed, Assert.Single(tally.Uncounted).Reason);
    }

    [Fact]
    public void Tally_OneNonceTwice_CountsOnce()
    {
        SignedDecision alice = Approval("alice");
        SignedDecision bob = Approval("bob");

        ApprovalTally tally = Tally(alice, bob with { Statement = bob.Statement with { Nonce = alice.Statement.Nonce } });

        Assert.Equal(DecisionRefusalReason.NonceAlreadyUsed, Assert.Single(tally.Uncounted).Reason);
    }

    [Fact]
    public void Tally_ApprovalExpiredSinceItWasAccepted_DoesNotCountAtPublishTime()
    {
        ImmutableArray<SignedDecision> decisions = [Approval("alice"), Approval("bob")];

        ApprovalTally late = ApprovalRules.Tally(decisions, Release, Policy, Now.AddHours(24));

        Assert.False(late.IsApproved);
        Assert.All(late.Uncounted, refusal => Assert.Equal(DecisionRefusalReason.Expired, refusal.Reason));
    }

    [Fact]
    public void Tally_AnyRejection_ForbidsWhateverTheApprovals()
    {
        ApprovalTally tally = Tally(Approval("alice"), Approval("bob"), Rejection("carol"));

        Assert.False(tally.IsApproved);
        Assert.Contains("rejected by carol", tally.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Tally_ThresholdZero_NeverApproves() =>
        Assert.False(ApprovalRules.Tally([], Release, Policy with { Threshold = 0 }, Now).IsApproved);

    [Fact]
    public void Admit_RejectionAfterOnesOwnApproval_WithdrawsIt() =>
        Assert.Null(ApprovalRules.Admit(Rejection("alice"), [Approval("alice")]));

    [Fact]
    public void Admit_ApprovalAfterOnesOwnRejection_IsRefused() =>
        Assert.Equal(DecisionRefusalReason.AlreadyDecided, ApprovalRules.Admit(Approval("alice"), [Rejection("alice")])?.Reason);

    [Fact]
    public void Admit_ApprovalAfterOnesOwnExpired_MayJoin()
    {
        SignedDecision second = Approval("alice");
        SignedDecision renewed = second with { Statement = second.Statement with { IssuedAt = Now.AddHours(24), ExpiresAt = Now.AddHours(48) } };

        Assert.Null(ApprovalRules.Admit(renewed, [Approval("alice")]));
        Assert.Equal(["alice"], ApprovalRules.Tally([Approval("alice"), renewed], Release, Policy, Now.AddHours(25)).ApprovedBy);
    }

    [Theory]
    [InlineData("dora")]
    [InlineData("Dora ")]
    public void Check_Requester_IsRefusedHoweverTheNameIsSpelt(string requestedBy) => Assert.Equal(
        DecisionRefusalReason.Requester,
        ApprovalRules.Check(Approval("dora").Statement, Release with { RequestedBy = requestedBy }, Policy, Now)?.Reason);

    [Fact]
    public void Check_RequestersRejection_Counts() =>
        Assert.Null(ApprovalRules.Check(Rejection("dora").Statement, Release, Policy, Now));

    public static TheoryData<DecisionRefusalReason, Func<DecisionStatement, DecisionStatement>> Defects => new()
    {
        { DecisionRefusalReason.OtherRelease, statement => statement with { ReleaseDigest = "older" } },
        { DecisionRefusalReason.OtherRelease, statement => statement with { Channel = "canary" } },
        { DecisionRefusalReason.OtherRelease, statement => statement with { ChannelVersion = 2 } },
        { DecisionRefusalReason.OtherRelease, statement => statement with { BlessingDigest = "other" } },
        { DecisionRefusalReason.OtherRelease, statement => statement with { InvocationId = "other" } },
        { DecisionRefusalReason.OtherPolicy, statement => statement with { PolicyDigest = "other" } },
        { DecisionRefusalReason.Malformed, statement => statement with { Nonce = "short" } },
        { DecisionRefusalReason.UnknownEngineer, statement => statement with { Engineer = "\u0430lice" } },
        { DecisionRefusalReason.BadValidity, statement => statement with { IssuedAt = Now.AddMinutes(6) } },
        { DecisionRefusalReason.BadValidity, statement => statement with { ExpiresAt = Now.AddHours(73) } },
        { DecisionRefusalReason.BadValidity, statement => statement with { ExpiresAt = statement.IssuedAt } },
        { DecisionRefusalReason.Expired, statement => statement with { IssuedAt = Now.AddHours(-25), ExpiresAt = Now } },
        { DecisionRefusalReason.ReasonMissing, statement => statement with { Decision = DecisionKind.Reject, Reason = " " } },
    };

    [Theory]
    [MemberData(nameof(Defects), DisableDiscoveryEnumeration = true)]
    public void Check_Defect_IsRefusedWithItsReason(DecisionRefusalReason reason, Func<DecisionStatement, DecisionStatement> defect) =>
        Assert.Equal(reason, ApprovalRules.Check(defect(Approval("alice").Statement), Release, Policy, Now)?.Reason);

    [Fact]
    public void Check_ClockALittleAhead_IsTolerated() =>
        Assert.Null(ApprovalRules.Check(Approval("alice").Statement with { IssuedAt = Now.AddMinutes(5) }, Release, Policy, Now));

    private static ApprovalTally Tally(params ImmutableArray<SignedDecision> decisions) =>
        ApprovalRules.Tally(decisions, Release, Policy, Now);

    private static SignedDecision Rejection(string engineer) => Decide(engineer, DecisionKind.Reject);

    private static SignedDecision Approval(string engineer) => Decide(engineer, DecisionKind.Approve);

    private static SignedDecision Decide(string engineer, DecisionKind decision) => new(
        new()
        {
            Decision = decision,
            Engineer = engineer,
            ReleaseDigest = "d",
            Channel = "production",
            ChannelVersion = 3,
            BlessingDigest = "b",
            PolicyDigest = "p",
            InvocationId = "temporal://default/retrain-disposable-domain/1",
            Reason = "evidence",
            Nonce = Guid.NewGuid().ToString("n"),
            IssuedAt = Now,
            ExpiresAt = Now.AddHours(24),
        },
        $"key of {engineer}",
        "bundle");
}
