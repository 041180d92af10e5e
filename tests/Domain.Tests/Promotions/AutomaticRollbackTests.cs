using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Tests.Drift;

namespace Lifecycle.Domain.Tests.Promotions;

/// <summary>Policy approves one thing alone: what its own watch measured, about the live version, to the one before, in time.</summary>
public sealed class AutomaticRollbackTests
{
    private static readonly PromotionWatchPolicy Policy = new() { Rollback = RollbackReaction.Automatic, Duration = TimeSpan.FromDays(7) };
    private static readonly PromotionReport Breach = BreachOf(PromotionFigureKind.Loss);
    private static readonly DateTimeOffset InTime = Windows.Start + Policy.Duration + Policy.Interval;

    [Fact]
    public void Rollback_ByTheWatchOfTheLiveVersion_IsApproved() => Assert.Null(Objection(Policy, Proposal(), Breach, InTime));

    [Theory]
    [InlineData(RollbackReaction.None)]
    [InlineData(RollbackReaction.Propose)]
    public void Rollback_UnderAPolicyThatProposes_IsForEngineers(RollbackReaction reaction) =>
        AssertForEngineers(Objection(Policy with { Rollback = reaction }, Proposal(), Breach, InTime), "leaves it to release engineers");

    [Fact]
    public void Rollback_ThatAPersonAsksFor_IsForEngineers() =>
        AssertForEngineers(Objection(Policy, Proposal(), evidence: null, InTime), "leaves it to release engineers");

    [Fact]
    public void Rollback_AfterTheWatch_IsForEngineers() =>
        AssertForEngineers(Objection(Policy, Proposal(), Breach, InTime.AddTicks(1)), "ended at 2024-01-08");

    [Theory]
    [InlineData(PromotionVerdict.Healthy)]
    [InlineData(PromotionVerdict.Inconclusive)]
    public void Rollback_OnEvidenceOfNoBreach_IsForEngineers(PromotionVerdict verdict) =>
        AssertForEngineers(Objection(Policy, Proposal(), Breach with { Verdict = verdict }, InTime), $"says {verdict}");

    [Fact]
    public void Rollback_OnEvidenceAboutSomethingElse_IsForEngineers()
    {
        foreach (PromotionReport other in new[] { Breach with { Model = "x" }, Breach with { Channel = "x" }, Breach with { Version = 3 }, Breach with { ReleaseDigest = "x" } })
        {
            AssertForEngineers(Objection(Policy, Proposal(), other, InTime), "the evidence is about");
        }
    }

    [Fact]
    public void Rollback_ForShiftedPredictionsAlone_IsForEngineers() =>
        AssertForEngineers(Objection(Policy, Proposal(), BreachOf(PromotionFigureKind.Predictions), InTime), "the predictions shifted");

    [Fact]
    public void Rollback_ToWhatWasNeverMeasured_IsForEngineers() =>
        AssertForEngineers(Objection(Policy, Proposal() with { Unmeasured = "NOT measured" }, Breach, InTime), "was not measured against labels");

    [Fact]
    public void Rollback_ToAnotherVersionThanTheOneBefore_IsForEngineers() =>
        AssertForEngineers(Objection(Policy, Proposal() with { ToVersion = 0 }, Breach, InTime), "goes to version 0");

    [Fact]
    public void Rollback_OfARollback_IsForEngineers() => AssertForEngineers(
        AutomaticRollback.Objection(Policy, Live with { Move = ChannelMove.Rollback }, Proposal(), Breach, InTime), "the watch after the promotion");

    private static ChannelEntry Live { get; } = new("tracker-host", "production", 2, ChannelMove.Promotion, Release("b"), "2024-02", Windows.Start, "run");

    private static PromotionReport BreachOf(PromotionFigureKind kind) =>
        SamplePromotions.Look(SamplePromotions.Figure(kind, 9, 8)) with { Verdict = PromotionVerdict.Breached };

    private static string? Objection(PromotionWatchPolicy policy, RollbackProposal proposal, PromotionReport? evidence, DateTimeOffset now) =>
        AutomaticRollback.Objection(policy, Live, proposal, evidence, now);

    private static void AssertForEngineers(string? objection, string because) => Assert.Contains(because, objection, StringComparison.Ordinal);

    private static Publication Release(string digest) => new($"publications/{digest}", digest, digest, digest, []);

    private static RollbackProposal Proposal() => new()
    {
        Model = "tracker-host",
        Channel = "production",
        ChannelVersion = 3,
        FromVersion = 2,
        FromReleaseDigest = "b",
        ToVersion = 1,
        To = Release("a"),
        Snapshot = "2024-01",
        Reason = "a test",
        RequestedBy = "promotion-watch",
        PolicyDigest = "p",
        InvocationId = "run",
    };
}
