using System.Collections.Immutable;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.Tests.Releases;

/// <summary>Who asks is one of the two people only where that is proven; a name that anybody can type is nobody.</summary>
public sealed class RequesterTests
{
    private const string Proof = "a signed request's digest";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    // One person alone: asks as a colleague, or as nobody, and approves.
    [InlineData("", "alice", 1, "bob", false)]
    [InlineData("", "nobody", 1, "bob", false)]
    [InlineData("", "bob", 1, "bob", false)]
    [InlineData("", "promotion-watch", 1, "bob", false)]
    [InlineData("", "schedule spam/nightly", 1, "bob", false)]
    [InlineData(Proof, "bob", 1, "bob", false)]
    [InlineData(Proof, "Bob ", 1, "bob", false)]
    // Two people.
    [InlineData("", "alice", 1, "alice bob", true)]
    [InlineData("", "alice", 2, "alice bob", true)]
    [InlineData("", "promotion-watch", 1, "alice bob", true)]
    [InlineData(Proof, "alice", 1, "bob", true)]
    [InlineData(Proof, "alice", 2, "bob", false)]
    [InlineData(Proof, "alice", 2, "alice bob", false)]
    [InlineData(Proof, "alice", 2, "bob carol", true)]
    [InlineData("", "alice", 3, "alice bob", false)]
    // Sealed before requests could be signed: as it was.
    [InlineData(null, "alice", 1, "alice", false)]
    [InlineData(null, "alice", 1, "bob", true)]
    public void Tally_ByWhetherTheRequesterIsProven_NeedsTwoPeople(string? request, string requestedBy, int threshold, string approvers, bool approved)
    {
        RollbackProposal proposal = Proposal(request, requestedBy);
        ImmutableArray<SignedDecision> decisions = [.. approvers.Split(' ').Select(engineer => Approval(proposal, engineer))];

        ApprovalTally tally = ApprovalRules.Tally(decisions, proposal, new ApprovalPolicy { Threshold = threshold }, Now);

        Assert.Equal(approved, tally.IsApproved);
    }

    [Theory]
    [InlineData(null, 1, 2)]
    [InlineData(null, 3, 3)]
    [InlineData(4, 1, 4)]
    [InlineData(1, 1, 2)]
    [InlineData(0, 2, 2)]
    [InlineData(-5, 1, 2)]
    public void Required_OfAnUnverifiedRequest_IsNeverBelowTwo(int? minimum, int threshold, int expected)
    {
        ApprovalPolicy policy = new() { Threshold = threshold, MinimumApprovers = minimum };

        Assert.Equal((expected, threshold), (policy.Required(isUnverified: true), policy.Required(isUnverified: false)));
    }

    [Theory]
    [InlineData("alice bob", null, 2, null)]
    [InlineData("alice bob", "carol", 2, null)]
    [InlineData("alice bob", "alice", 1, null)]
    [InlineData("alice bob", "alice", 2, "2 different release engineers have to approve it, and 1 can: enrolled are alice, bob, and alice, who asks, may not")]
    [InlineData("alice", null, 2, "2 different release engineers have to approve it, and 1 can: enrolled are alice.")]
    [InlineData("alice", "alice", 1, "1 different release engineers have to approve it, and 0 can: enrolled are alice, and alice, who asks, may not")]
    [InlineData("", null, 2, "2 different release engineers have to approve it, and 0 can: enrolled are none.")]
    public void Shortfall_OfTheEnrolled_IsSaidAtOnce(string enrolled, string? requester, int needed, string? expected)
    {
        Enrolment enrolment = new() { Engineers = [.. enrolled.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => new ReleaseEngineer(id, "", IsDemo: false))] };

        string? shortfall = RequestRules.Shortfall(enrolment, requester, needed);

        Assert.Equal(expected is null, shortfall is null);
        Assert.StartsWith(expected ?? "", shortfall ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Entry_OfARollback_SaysWhoAskedWhoApprovedThisMoveAndWhy()
    {
        ChannelEntry entry = Proposal(Proof, "alice").ToEntry(Now, ["bob"]);

        Assert.Equal(["ada", "ben"], entry.Publication.ApprovedBy);
        Assert.Equal(("alice (verified)", "bob", "a test"), (entry.Grounds!.Requester, Assert.Single(entry.Grounds.ApprovedBy), entry.Grounds.Reason));
        Assert.Equal("alice (unverified)", Proposal("", "alice").ToEntry(Now, ["bob", "carol"]).Grounds!.Requester);
    }

    private static RollbackProposal Proposal(string? request, string requestedBy) => new()
    {
        Model = "spam",
        Channel = "production",
        ChannelVersion = 3,
        FromVersion = 2,
        FromReleaseDigest = "from",
        ToVersion = 1,
        To = new("publications/spam/1", "1", "1", "1", ["ada", "ben"]),
        Snapshot = "2020-05",
        Reason = "a test",
        PolicyDigest = "p",
        InvocationId = "temporal://default/rollback/spam/1",
        RequestedBy = requestedBy,
        RequestDigest = request,
        Digest = "d",
    };

    private static SignedDecision Approval(RollbackProposal proposal, string engineer) => new(
        new DecisionStatement
        {
            Decision = DecisionKind.Approve,
            Engineer = engineer,
            ReleaseDigest = proposal.Digest,
            Channel = proposal.Channel,
            ChannelVersion = proposal.ChannelVersion,
            BlessingDigest = proposal.GroundsDigest,
            PolicyDigest = proposal.PolicyDigest,
            InvocationId = proposal.InvocationId,
            Nonce = $"nonce-of-{engineer}-0123456789",
            IssuedAt = Now,
            ExpiresAt = Now.AddHours(1),
        },
        $"key of {engineer}",
        "");
}
