using System.Text;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Releases;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Tests.Releases;

public sealed class PublicationPublisherTests(EmulatorFixture emulator)
{
    [Fact]
    public async Task Publish_ApprovedRelease_GivesAVerifiedPublication()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        Publication publication = await world.PublishAsync();

        Assert.Equal($"publications/disposable-domain/{world.Release.Digest}", publication.Directory);
        Assert.Equal(world.Facts.Export.Model.Sha256, publication.ModelDigest);
        Assert.Equal(["alice", "bob"], publication.ApprovedBy);
        Assert.Equal(
            ["approval-alice.json", "approval-bob.json", "baseline.json", "blessing.json", "evaluation.json", "model-card.md", "model.onnx", "model.sig", "provenance.json", "release.json"],
            (await FilesAsync(world, publication)).Keys);
    }

    [Fact]
    public async Task Publish_Again_ChangesNoByteThoughTheApprovalsExpired()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        Publication first = await world.PublishAsync();
        SortedDictionary<string, string> before = await FilesAsync(world, first);

        world.Clock.Advance(TimeSpan.FromDays(30));
        Publication second = await world.PublishAsync();

        Assert.Equal(first.RootDigest, second.RootDigest);
        Assert.Equal(before, await FilesAsync(world, second));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_ProcessDiesAtEveryCallInTurn_RetryGivesExactlyOnePublication(bool afterItsEffect)
    {
        const int deathsAfterPublication = 3;
        int published = 0;
        for (int call = 1; published < deathsAfterPublication; call++)
        {
            using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
            InterruptedBlobStore dying = InterruptedBlobStore.Dying(world.Store, call, afterItsEffect);

            await Assert.ThrowsAsync<ProcessDiedException>(() => world.PublisherOver(dying).PublishAsync(world.Request));
            SortedDictionary<string, string> before = await FilesAsync(world, null);
            Publication publication = await world.PublishAsync();
            SortedDictionary<string, string> after = await FilesAsync(world, publication);

            bool wasPublished = before.ContainsKey("model.sig");
            published += wasPublished ? 1 : 0;
            Assert.Equal(10, after.Count);
            Assert.True(!wasPublished || before.SequenceEqual(after), $"after a death at call {call} the published bytes changed");
        }
    }

    [Fact]
    public async Task Publish_EightAtOnce_AllReturnTheOnePublication()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        Publication[] publications = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.PublishAsync()));

        Assert.Single(publications.Select(publication => publication.RootDigest).Distinct());
        Assert.True((await world.Verifier.VerifyBlobAsync(world.Store, publications[0].Directory)).Passed);
    }

    [Fact]
    public async Task Publish_ApprovalExpiredSinceItWasAccepted_PublishesNothing()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        world.Clock.Advance(TimeSpan.FromHours(25));

        ReleaseNotApprovedException refusal = await Assert.ThrowsAsync<ReleaseNotApprovedException>(world.PublishAsync);

        Assert.Contains("expired", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await FilesAsync(world, null));
    }

    [Fact]
    public async Task Publish_OneOfThreeApprovalsExpired_PublishesWithTheOtherTwo()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        SignedDecision late = LaterBy(TimeSpan.FromHours(20), "carol", world);
        SignedDecision later = LaterBy(TimeSpan.FromHours(21), "bob", world);
        world.Clock.Advance(TimeSpan.FromHours(25));

        Publication publication = await world.PublisherOver(world.Store)
            .PublishAsync(world.Request with { Decisions = [world.Request.Decisions[0], late, later] });

        Assert.Equal(["bob", "carol"], publication.ApprovedBy);
    }

    [Fact]
    public async Task Publish_MoreApprovalsThanAskedFor_TakesThoseThatAreValidLongest()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        SignedDecision late = LaterBy(TimeSpan.FromHours(1), "carol", world);
        world.Clock.Advance(TimeSpan.FromHours(2));

        Publication publication = await world.PublisherOver(world.Store)
            .PublishAsync(world.Request with { Decisions = [.. world.Request.Decisions, late] });

        Assert.Equal(["alice", "carol"], publication.ApprovedBy);
    }

    [Fact]
    public async Task Publish_OneApproval_PublishesNothing()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        ReleaseNotApprovedException refusal = await Assert.ThrowsAsync<ReleaseNotApprovedException>(
            () => world.PublisherOver(world.Store).PublishAsync(world.ApprovedBy("alice")));

        Assert.Contains("1 of 2 approvals (alice)", refusal.Message, StringComparison.Ordinal);
    }

    // Who joined, signed, may not approve: whatever a workflow accepted before, the count at publication is made without them.
    [Theory]
    [InlineData("alice", "alice asked for it too and may not approve it")]
    [InlineData("bob", "bob asked for it too and may not approve it")]
    [InlineData("alice bob", "alice and bob asked for it too and may not approve it")]
    [InlineData("carol bob", "bob asked for it too and may not approve it")]
    public async Task Publish_ApprovedByWhoJoined_PublishesNothing(string joined, string reason)
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        ReleaseNotApprovedException refusal = await Assert.ThrowsAsync<ReleaseNotApprovedException>(
            () => world.PublisherOver(world.Store).PublishAsync(world.Request with { AlsoRequestedBy = [.. joined.Split(' ')] }));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await FilesAsync(world, null));
    }

    [Theory]
    [InlineData("carol")]
    [InlineData("mallory")]
    public async Task Publish_JoinedByWhoDidNotApprove_Publishes(string joined)
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        Publication publication = await world.PublisherOver(world.Store).PublishAsync(world.Request with { AlsoRequestedBy = [joined] });

        Assert.Equal(["alice", "bob"], publication.ApprovedBy);
    }

    [Fact]
    public async Task Publish_ThreeApprovals_OfWhichOneJoined_TakesTheOtherTwo()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        Publication publication = await world.PublisherOver(world.Store).PublishAsync(world.ApprovedBy("alice", "bob", "carol") with { AlsoRequestedBy = ["alice"] });

        Assert.Equal(["bob", "carol"], publication.ApprovedBy);
    }

    [Fact]
    public async Task Publish_DecisionRecordForgedWithoutItsSignature_PublishesNothing()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        SignedDecision alice = world.Request.Decisions[0];
        SignedDecision forged = alice with { Statement = alice.Statement with { Engineer = "bob" }, KeyFingerprint = "other" };

        ReleaseNotApprovedException refusal = await Assert.ThrowsAsync<ReleaseNotApprovedException>(
            () => world.PublisherOver(world.Store).PublishAsync(world.Request with { Decisions = [alice, forged] }));

        Assert.Contains("1 of 2 approvals (alice)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_PolicyLaxerThanClientsBelieve_PublishesNothing()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        PublicationPublisher strict = new(
            world.Store, world.Artifacts, world.Publisher, world.Root with { MinimumApprovals = 3 }, world.Clock);

        ReleaseNotApprovedException refusal = await Assert.ThrowsAsync<ReleaseNotApprovedException>(() => strict.PublishAsync(world.Request));

        Assert.Contains("clients would refuse it", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await FilesAsync(world, null));
    }

    [Fact]
    public async Task Publish_ForeignFileInTheDirectory_IsAConflictNamingIt()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        using MemoryStream foreign = new("x"u8.ToArray());
        await world.Store.PutIfAbsentAsync($"publications/disposable-domain/{world.Release.Digest}/extra.bin", foreign, "text/plain");

        PublicationConflictException conflict = await Assert.ThrowsAsync<PublicationConflictException>(world.PublishAsync);

        Assert.Contains("extra.bin", conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_SameNameWithOtherBytes_IsAConflictNamingBothDigests()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        using MemoryStream other = new("other model"u8.ToArray());
        await world.Store.PutIfAbsentAsync($"publications/disposable-domain/{world.Release.Digest}/model.onnx", other, "text/plain");

        PublicationConflictException conflict = await Assert.ThrowsAsync<PublicationConflictException>(world.PublishAsync);

        Assert.Contains(world.Facts.Export.Model.Sha256, conflict.Message, StringComparison.Ordinal);
        Assert.Contains(Domain.Sha256Digest.Of("other model"u8), conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_Publication_VerifiesAsADirectory()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);

        string folder = await world.PublishToDirectoryAsync();

        Assert.True(world.Verifier.VerifyDirectory(folder).Passed);
    }

    private static SignedDecision LaterBy(TimeSpan delay, string engineer, PublishingWorld world)
    {
        DecisionStatement statement = world.Team.Statement(engineer, world.Release);
        DecisionStatement later = statement with { IssuedAt = statement.IssuedAt + delay, ExpiresAt = statement.ExpiresAt + delay };
        return new SignedDecision(later, world.Team[engineer].PublicKey.Fingerprint, DecisionSigner.Sign(later, world.Team[engineer]).Bundle);
    }

    private static async Task<SortedDictionary<string, string>> FilesAsync(PublishingWorld world, Publication? publication)
    {
        string prefix = (publication?.Directory ?? $"publications/disposable-domain/{world.Release.Digest}") + "/";
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        await foreach (string name in world.Store.ListAsync(prefix))
        {
            StoredBlob blob = (await world.Store.ReadAsync(name, 1 << 20))!;
            files[name[prefix.Length..]] = Encoding.UTF8.GetString(blob.Content.Span);
        }

        return files;
    }
}
