using System.Text;
using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Releases;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Publishing.Trust;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Tests.Trust;

/// <summary>
/// Somebody between us and the store, or with the right to write to it, changes what is read. What was asked for is what is
/// served, and of its bytes only those that were signed; or nothing is.
/// </summary>
public sealed class ChannelTrustTests(EmulatorFixture emulator)
{
    private const string Model = "disposable-domain";
    private const string Channel = "production";
    private static readonly byte[] Altered = Encoding.UTF8.GetBytes("another model");

    /// <summary>What the channel's pointer says instead, and a word of the refusal.</summary>
    public static TheoryData<string, string> Swaps() => new()
    {
        { "model", "expected a version of" },
        { "channel", "expected a version of" },
        { "next version", "the release's version is" },
        { "a far version", "the release's version is" },
        { "version 0", "expected a version of" },
        { "a rollback to itself", "the release's version is" },
        { "snapshot", "the release's snapshot is" },
        { "model digest", "the model's digest is" },
        { "root digest", "the root digest is" },
        { "release digest", "the release's digest is" },
        { "another publication's directory", "does not verify" },
        { "a directory that is none", "no name in a store" },
        { "an unknown move", "is malformed" },
    };

    [Theory]
    [MemberData(nameof(Swaps))]
    public async Task Live_PointerSaysSomethingElse_IsRefused(string swap, string reason)
    {
        using PublishingWorld world = await WorldAsync();
        IBlobStore attacked = new RewritingBlobStore(world.Store, (name, _, bytes) => IsPointer(name) ? Swapped(swap, bytes) : bytes);

        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => Trust(world, attacked).FindLiveAsync(Model, Channel));

        Assert.True(refused is UntrustedVersionException or InvalidDataException, $"{refused}");
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_PointerOfTheReleaseThatWasSigned_IsThatRelease()
    {
        using PublishingWorld world = await WorldAsync();

        VerifiedVersion live = (await Trust(world, world.Store).FindLiveAsync(Model, Channel))!;

        Assert.Equal((world.Release.Digest, 1L), (live.Release.Digest, live.Entry.Version));
        ReadOnlyMemory<byte> model = await live.ReadAsync(ReleaseFileNames.Model, 1 << 20);
        Assert.Equal(live.Entry.Publication.ModelDigest, Sha256Digest.Of(model.Span));
    }

    [Fact]
    public async Task Live_OfARollback_MayBeAnOlderReleaseUnderAHigherVersion()
    {
        using PublishingWorld world = await WorldAsync();
        IBlobStore moved = new RewritingBlobStore(world.Store, (name, _, bytes) => IsPointer(name)
            ? CanonicalJson.Of(Entry(bytes) with { Version = 9, Move = ChannelMove.Rollback })
            : bytes);

        Assert.Equal(9, (await Trust(world, moved).FindLiveAsync(Model, Channel))!.Entry.Version);
    }

    /// <summary>A proxy that rewrites a file, from which of its reads on, and the pointer with it or not.</summary>
    public static TheoryData<string, int, bool> Proxies() => new()
    {
        { ReleaseFileNames.Model, 0, true },
        { ReleaseFileNames.Model, 0, false },
        { ReleaseFileNames.Model, 1, true },
        { ReleaseFileNames.Model, 1, false },
        { ReleaseFileNames.Evaluation, 0, true },
        { ReleaseFileNames.Evaluation, 1, true },
        { ReleaseFileNames.Blessing, 0, true },
        { ReleaseFileNames.Blessing, 1, true },
        { ReleaseFileNames.ModelCard, 1, true },
    };

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task File_RewrittenOnItsWay_IsNeverReturned(string file, int fromRead, bool isPointerRewritten)
    {
        using PublishingWorld world = await WorldAsync();
        byte[] Rewrite(string name, int before, byte[] bytes) => name switch
        {
            _ when name.EndsWith($"/{file}", StringComparison.Ordinal) && before >= fromRead => Altered,
            _ when IsPointer(name) && isPointerRewritten => CanonicalJson.Of(WithModel(Entry(bytes), Sha256Digest.Of(Altered))),
            _ => bytes,
        };

        Exception refused = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            VerifiedVersion live = (await Trust(world, new RewritingBlobStore(world.Store, Rewrite)).FindLiveAsync(Model, Channel))!;
            await live.ReadAsync(file, 1 << 20);
        });

        Assert.True(refused is UntrustedVersionException or ArtifactCorruptedException, $"{refused}");
    }

    [Theory]
    [InlineData("no such file.json")]
    [InlineData("model.sig")]
    [InlineData("../release.json")]
    [InlineData("approval-alice.json")]
    [InlineData("")]
    public async Task File_ThatTheReleaseDoesNotName_IsNotRead(string file)
    {
        using PublishingWorld world = await WorldAsync();
        VerifiedVersion live = (await Trust(world, world.Store).FindLiveAsync(Model, Channel))!;

        await Assert.ThrowsAsync<ArtifactCorruptedException>(() => live.ReadAsync(file, 1 << 20));
    }

    [Fact]
    public async Task Version_WhoseApproverLeft_IsMeasured_AndNotServed()
    {
        using PublishingWorld world = await WorldAsync();
        TrustRoot smaller = world.Root with { Enrolment = new() { Engineers = [.. world.Root.Enrolment.Engineers.Where(engineer => engineer.Id != "bob")] } };
        ChannelEntry entry = (await new ReleaseChannels(world.Store).ReadAsync(Model, Channel))!;
        ChannelTrust trust = new(world.Store, smaller, world.Clock);

        Assert.Contains("\"bob\" is not enrolled", (await Assert.ThrowsAsync<UntrustedVersionException>(() => trust.ServableAsync(entry))).Reason, StringComparison.Ordinal);
        Assert.Equal(world.Release.Digest, (await trust.MeasurableAsync(entry)).Release.Digest);
    }

    [Fact]
    public async Task Version_ByAnotherPublisher_IsNotEvenMeasured()
    {
        using PublishingWorld world = await WorldAsync();
        using Publishing.Keys.SigningKey stranger = Publishing.Keys.SigningKey.Create("publisher");
        ChannelEntry entry = (await new ReleaseChannels(world.Store).ReadAsync(Model, Channel))!;

        await Assert.ThrowsAsync<UntrustedVersionException>(
            () => new ChannelTrust(world.Store, world.Root with { PublisherKeyPem = stranger.PublicKey.Pem }, world.Clock).MeasurableAsync(entry));
    }

    private static bool IsPointer(string name) => name == $"channels/{Model}/{Channel}.json";

    private static ChannelTrust Trust(PublishingWorld world, IBlobStore store) => new(store, world.Root, world.Clock);

    private static ChannelEntry Entry(byte[] bytes) => System.Text.Json.JsonSerializer.Deserialize<ChannelEntry>(bytes, DomainJson.Compact)!;

    private static ChannelEntry WithModel(ChannelEntry entry, string digest) =>
        entry with { Publication = entry.Publication with { ModelDigest = digest } };

    private static byte[] Swapped(string swap, byte[] bytes)
    {
        ChannelEntry entry = Entry(bytes);
        Publication publication = entry.Publication;
        string other = new('c', 64);
        return swap == "an unknown move"
            ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("Promotion", "Demotion", StringComparison.Ordinal))
            : CanonicalJson.Of(swap switch
            {
                "model" => entry with { Model = "tracker-host" },
                "channel" => entry with { Channel = "canary" },
                "next version" => entry with { Version = 2 },
                "a far version" => entry with { Version = 1L << 50 },
                "version 0" => entry with { Version = 0 },
                "a rollback to itself" => entry with { Move = ChannelMove.Rollback },
                "snapshot" => entry with { Snapshot = "2021-06" },
                "model digest" => WithModel(entry, other),
                "root digest" => entry with { Publication = publication with { RootDigest = other } },
                "release digest" => entry with { Publication = publication with { ReleaseDigest = other } },
                "another publication's directory" => entry with { Publication = publication with { Directory = $"publications/{Model}/{other}" } },
                _ => entry with { Publication = publication with { Directory = "../keys" } },
            });
    }

    private async Task<PublishingWorld> WorldAsync()
    {
        PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        Publication publication = await world.PublishAsync();
        ChannelEntry entry = new(
            Model, Channel, world.Release.ChannelVersion, ChannelMove.Promotion, publication, world.Release.Snapshot, ReleaseTeam.Now, world.Release.InvocationId);
        await world.Store.CompareAndSwapAsync($"channels/{Model}/{Channel}.json", CanonicalJson.Of(entry), "application/json", null);
        return world;
    }
}
