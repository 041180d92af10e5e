using System.Collections.Immutable;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.Tests.Releases;

public sealed class RollbackTargetTests
{
    [Fact]
    public void Default_AfterPromotions_IsThePublicationBefore() =>
        Assert.Equal(2, Choose("a b c").To?.Version);

    [Fact]
    public void Default_AfterARollback_IsNeverThePublicationThatWasRolledBackFrom() =>
        Assert.Equal("a", Choose("a b c b").To?.Publication.ReleaseDigest);

    [Fact]
    public void Default_OfThePublicationThatWasFirst_IsNone()
    {
        RollbackTarget target = Choose("a b a");
        Assert.Null(target.To);
        Assert.Contains("nothing to roll back to", target.Objection, StringComparison.Ordinal);
    }

    [Fact]
    public void Wish_ForAnEarlierVersion_IsThatVersion() => Assert.Equal(1, Choose("a b c", to: 1).To?.Version);

    [Theory]
    [InlineData(2, "live already")]
    [InlineData(4, "live already")]
    [InlineData(5, "no version 5")]
    [InlineData(0, "no version 0")]
    public void Wish_ThatCannotBeMet_IsRefusedWithTheReason(long to, string reason)
    {
        RollbackTarget target = Choose("a b c b", to);
        Assert.Null(target.To);
        Assert.Contains(reason, target.Objection, StringComparison.Ordinal);
    }

    [Fact]
    public void Request_MadeForAVersionThatIsNoLongerLive_IsRefused()
    {
        RollbackTarget target = Choose("a b c", from: 2);
        Assert.Null(target.To);
        Assert.Contains("version 3 is live", target.Objection, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_IsNeverAColdStart_WhichHasToBeAskedFor()
    {
        ImmutableArray<ChannelEntry> history = [Entry(1, "a") with { Snapshot = "cold-start" }, Entry(2, "b")];
        RollbackRequest request = new() { Model = "spam", RequestedBy = "carol", Reason = "a test" };

        Assert.Contains("nothing to roll back to", RollbackTarget.Choose(history, request).Objection, StringComparison.Ordinal);
        Assert.Equal(1, RollbackTarget.Choose(history, request with { ToVersion = 1 }).To?.Version);
        Assert.Equal(2, RollbackTarget.Choose([.. history, Entry(3, "c")], request).To?.Version);
    }

    [Theory]
    [InlineData("cold-start", 3)]
    [InlineData("2024-01", 1)]
    public void Threshold_OfARollback_IsTheFullOneForWhatWasNeverMeasured(string snapshot, int threshold) =>
        Assert.Equal(threshold, new ApprovalPolicy { Threshold = 3 }.ForRollbackTo(Entry(1, "a") with { Snapshot = snapshot }).Threshold);

    private static RollbackTarget Choose(string history, long? to = null, long? from = null) => RollbackTarget.Choose(
        [.. history.Split(' ').Select((digest, index) => Entry(index + 1, digest))],
        new() { Model = "spam", RequestedBy = "carol", Reason = "a test", ToVersion = to, FromVersion = from });

    private static ChannelEntry Entry(long version, string digest) => new(
        "spam", "production", version, ChannelMove.Promotion,
        new Publication($"publications/spam/{digest}", digest, digest, digest, []),
        "2024-01", DateTimeOffset.UnixEpoch, "temporal://default/retrain/spam/1");
}
