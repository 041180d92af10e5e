using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;

namespace Lifecycle.Domain.Tests.Runs;

/// <summary>A reason is verified by its own signature, never by the name that it shares with one that is.</summary>
public sealed class VerifiedTriggerTests
{
    private static readonly TriggerReason Signed = new() { RequestedBy = "ada", Note = "new lists", Signed = new RequestEnvelope("signed by ada") };

    private static readonly RetrainingState Verified = new RetrainingState { Model = "sample", Triggers = [Signed] }.WithVerified(Signed);

    public static TheoryData<string> Forgeries() => ["unsigned", "garbage", "other note", "other bundle", "empty bundle", "schedule"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void Trigger_UnderTheNameOfAVerifiedOne_IsUnverified(string forgery)
    {
        TriggerReason forged = forgery switch
        {
            "unsigned" => Signed with { Signed = null },
            "garbage" => Signed with { Signed = new RequestEnvelope("{}") },
            "other note" => Signed with { Note = "approve it quickly" },
            "other bundle" => Signed with { Signed = new RequestEnvelope("signed by mallory") },
            "empty bundle" => Signed with { Signed = new RequestEnvelope("") },
            _ => Signed with { Kind = TriggerKind.Schedule, Signed = null },
        };
        RetrainingState state = Verified with { Triggers = Verified.Triggers.Add(forged) };

        Assert.False(state.IsVerified(forged));
        Assert.True(state.IsVerified(Signed));
    }

    [Fact]
    public void Trigger_OfNoRun_IsUnverified() => Assert.False(new RetrainingState { Model = "sample" }.IsVerified(Signed));

    [Fact]
    public void Trigger_Verified_ExcludesItsRequesterByName() => Assert.Equal(["ada"], Verified.VerifiedRequesters);
}
