using System.Collections.Immutable;
using System.Text;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Rollback;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Tests.Fixtures;

namespace Lifecycle.Publishing.Tests.Rollback;

public sealed class RollbacksTests(EmulatorFixture emulator)
{
    private static readonly ApprovalPolicy Policy = new ApprovalPolicy().ForRollbacks();

    [Fact]
    public async Task Approve_ByAnEngineerWhoDidNotAsk_KeepsProposalAndApproval()
    {
        using PublishingWorld world = await WorldAsync();
        RollbackProposal proposal = await ProposeAsync(world);

        await Rollbacks(world).ApproveAsync(proposal, Policy, [Decision(world, proposal, "bob")]);

        string folder = $"rollbacks/{proposal.Model}/{proposal.Digest}";
        List<string> kept = await world.Store.ListAsync(folder + "/").ToListAsync();
        Assert.Equal([$"{folder}/approval-bob.json", $"{folder}/request.json", $"{folder}/rollback.json"], kept);
        var document = await world.Store.ReadAsync($"{folder}/rollback.json", 1 << 20);
        Assert.Equal(proposal.Digest, RollbackProposals.Parse(document!.Content.Span).Digest);
    }

    [Fact]
    public async Task Approve_ByWhoAsked_IsRefused()
    {
        using PublishingWorld world = await WorldAsync();
        RollbackProposal proposal = await ProposeAsync(world);

        var refused = await Assert.ThrowsAsync<RollbackRefusedException>(
            () => Rollbacks(world).ApproveAsync(proposal, Policy, [Decision(world, proposal, "alice")]));

        Assert.Contains("0 of 1 approvals", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bob", false)]
    [InlineData("alice", false)]
    [InlineData("alice bob", true)]
    [InlineData("bob carol", true)]
    public async Task Approve_WhatNobodySignedFor_TakesTwoDifferentEngineers(string approvers, bool suffices)
    {
        using PublishingWorld world = await WorldAsync();
        RollbackProposal proposal = await ProposeAsync(world, isSigned: false);
        ImmutableArray<SignedDecision> decisions = [.. approvers.Split(' ').Select(engineer => Decision(world, proposal, engineer))];

        Exception? refused = await Record.ExceptionAsync(() => Rollbacks(world).ApproveAsync(proposal, Policy, decisions));

        Assert.Equal(suffices, refused is null);
        Assert.Contains(suffices ? "" : "1 of 2 approvals", refused?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_WithADecisionAboutTheRelease_IsRefused()
    {
        using PublishingWorld world = await WorldAsync();
        RollbackProposal proposal = await ProposeAsync(world);

        var refused = await Assert.ThrowsAsync<RollbackRefusedException>(
            () => Rollbacks(world).ApproveAsync(proposal, Policy, [world.Team.Accepted("bob", world.Release)]));

        Assert.Contains("rollback.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_PublicationThatWasTamperedWith_IsRefused()
    {
        using PublishingWorld world = await WorldAsync();
        string stranger = $"{(await new ReleaseChannels(world.Store).HistoryAsync(world.Release.Model, "production"))[0].Publication.Directory}/stranger.bin";
        using MemoryStream content = new([1]);
        await world.Store.PutIfAbsentAsync(stranger, content, "application/octet-stream");

        var refused = await Assert.ThrowsAsync<RollbackRefusedException>(() => ProposeAsync(world));

        Assert.Contains("stranger.bin", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_OnAnEmptyChannel_IsRefused()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        await Assert.ThrowsAsync<RollbackRefusedException>(() => ProposeAsync(world));
    }

    // Version 1 is a real Publication; version 2 only looks like one, which nobody goes back to.
    private async Task<PublishingWorld> WorldAsync()
    {
        PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        Publication good = await world.PublishAsync();
        Publication bad = good with { Directory = $"publications/{world.Release.Model}/bad", ReleaseDigest = "bad" };
        using MemoryStream signature = new(Encoding.UTF8.GetBytes("{}"));
        await world.Store.PutIfAbsentAsync($"{bad.Directory}/{ModelSignature.FileName}", signature, "application/json");
        ReleaseChannels channels = new(world.Store);
        foreach ((Publication publication, int index) in ImmutableArray.Create(good, bad).Select((publication, index) => (publication, index)))
        {
            await channels.MoveAsync(new(
                world.Release.Model, "production", index + 1, ChannelMove.Promotion, publication, "2020-05", ReleaseTeam.Now, "temporal://default/retrain/x/1"));
        }

        return world;
    }

    private static Rollbacks Rollbacks(PublishingWorld world) => new(world.Store, world.Root, world.Clock);

    private static async Task<RollbackProposal> ProposeAsync(PublishingWorld world, bool isSigned = true)
    {
        RollbackRequest request = new() { Model = world.Release.Model, RequestedBy = "alice", Reason = "refuses our own mail", FromVersion = 2 };
        AskedFor asked = request.Asks();
        SignedRequest? signed = isSigned
            ? RequestVerifier.Verify(
                RequestSigner.Sign(RequestSigner.Make(asked, ReleaseTeam.Now, TimeSpan.FromHours(1)), world.Team["alice"]), asked, Policy, world.Root.Enrolment, ReleaseTeam.Now)
            : null;
        return await Rollbacks(world).ProposeAsync(request, await Rollbacks(world).ChooseAsync(request), Policy, "temporal://default/rollback/x/1", signed);
    }

    private static SignedDecision Decision(PublishingWorld world, RollbackProposal proposal, string engineer)
    {
        DecisionStatement statement = DecisionSigner.Make(
            proposal, DecisionKind.Approve, engineer, "", ReleaseTeam.Now, TimeSpan.FromHours(1));
        DecisionEnvelope envelope = DecisionSigner.Sign(statement, RollbackProposals.FileName, world.Team[engineer]);
        DecisionVerdict verdict = DecisionVerifier.VerifySignature(envelope, world.Root.Enrolment, RollbackProposals.FileName);
        return Assert.IsType<DecisionVerdict.Accepted>(verdict).Decision;
    }
}
