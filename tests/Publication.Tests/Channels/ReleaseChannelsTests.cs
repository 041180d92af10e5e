using System.Collections.Immutable;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Tests.Channels;

public sealed class ReleaseChannelsTests(EmulatorFixture emulator)
{
    private const string Model = "disposable-domain";

    [Fact]
    public async Task Move_ThreeVersionsTheLastARollback_KeepsThemAll()
    {
        AzureBlobStore store = await StoreWithPublicationsAsync("first", "second");
        ReleaseChannels channels = new(store);

        await channels.MoveAsync(Entry(1, "first"));
        await channels.MoveAsync(Entry(2, "second"));
        await channels.MoveAsync(Entry(3, "first") with { Move = ChannelMove.Rollback });

        ImmutableArray<ChannelEntry> history = await channels.HistoryAsync(Model, "production");
        Assert.Equal(["first", "second", "first"], history.Select(entry => entry.Publication.ReleaseDigest));
        ChannelEntry? live = await channels.ReadAsync(Model, "production");
        Assert.Equal((3, ChannelMove.Rollback, "first"), (live!.Version, live.Move, live.Publication.ReleaseDigest));
    }

    [Fact]
    public async Task Read_EmptyChannel_IsNullAndHasNoHistory()
    {
        ReleaseChannels channels = new(await emulator.NewStoreAsync());

        Assert.Null(await channels.ReadAsync(Model, "production"));
        Assert.Empty(await channels.HistoryAsync(Model, "production"));
    }

    [Fact]
    public async Task Move_SameEntryAgainAlsoAfterLaterMoves_Succeeds()
    {
        ReleaseChannels channels = new(await StoreWithPublicationsAsync("first", "second"));

        await channels.MoveAsync(Entry(1, "first"));
        await channels.MoveAsync(Entry(1, "first"));
        await channels.MoveAsync(Entry(2, "second"));
        await channels.MoveAsync(Entry(1, "first"));

        Assert.Equal(2, (await channels.ReadAsync(Model, "production"))!.Version);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Move_VersionThatDoesNotFollow_SaysWhereTheChannelIs(long version)
    {
        ReleaseChannels channels = new(await StoreWithPublicationsAsync("first", "second"));
        await channels.MoveAsync(Entry(1, "first"));

        ChannelMovedException conflict = await Assert.ThrowsAsync<ChannelMovedException>(() => channels.MoveAsync(Entry(version, "second")));

        Assert.Equal("first", conflict.Current!.Publication.ReleaseDigest);
        Assert.Contains("is at version 1", conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_EightRacersForOneVersion_OneWinsAndTheOthersHearOfIt()
    {
        string[] names = [.. Enumerable.Range(0, 8).Select(racer => $"racer{racer}")];
        ReleaseChannels channels = new(await StoreWithPublicationsAsync(names));

        bool[] won = await Task.WhenAll(names.Select(async name =>
        {
            try
            {
                await channels.MoveAsync(Entry(1, name));
                return true;
            }
            catch (ChannelMovedException)
            {
                return false;
            }
        }));

        Assert.Single(won, true);
        ChannelEntry live = Assert.Single(await channels.HistoryAsync(Model, "production"));
        Assert.Equal(names[Array.IndexOf(won, true)], live.Publication.ReleaseDigest);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Move_ProcessDiesAtEveryCallInTurn_RetryMovesOnce(bool afterItsEffect)
    {
        int deaths = 0;
        for (int call = 1; ; call++)
        {
            AzureBlobStore store = await StoreWithPublicationsAsync("first", "second");
            await new ReleaseChannels(store).MoveAsync(Entry(1, "first"));
            try
            {
                await new ReleaseChannels(InterruptedBlobStore.Dying(store, call, afterItsEffect)).MoveAsync(Entry(2, "second"));
                break;
            }
            catch (ProcessDiedException)
            {
                deaths++;
            }

            await new ReleaseChannels(store).MoveAsync(Entry(2, "second"));

            Assert.Equal(2, (await new ReleaseChannels(store).HistoryAsync(Model, "production")).Length);
        }

        Assert.Equal(5, deaths);
    }

    [Fact]
    public async Task Move_WinnerDiedBeforeThePointerFollowed_TheNextOneFinishesTheWinnersMove()
    {
        AzureBlobStore store = await StoreWithPublicationsAsync("first", "second");
        const int pointerSwap = 5;
        await Assert.ThrowsAsync<ProcessDiedException>(
            () => new ReleaseChannels(InterruptedBlobStore.Dying(store, pointerSwap, afterItsEffect: false)).MoveAsync(Entry(1, "first")));
        ReleaseChannels channels = new(store);
        Assert.Null(await channels.ReadAsync(Model, "production"));

        await Assert.ThrowsAsync<ChannelMovedException>(() => channels.MoveAsync(Entry(1, "second")));

        Assert.Equal("first", (await channels.ReadAsync(Model, "production"))!.Publication.ReleaseDigest);
    }

    [Fact]
    public async Task Move_ToAPublicationThatDoesNotExist_IsRefused()
    {
        ReleaseChannels channels = new(await emulator.NewStoreAsync());

        PublicationMissingException refusal = await Assert.ThrowsAsync<PublicationMissingException>(() => channels.MoveAsync(Entry(1, "nothing")));

        Assert.Contains("no model.sig", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await channels.ReadAsync(Model, "production"));
    }

    [Theory]
    [InlineData("../other", "production")]
    [InlineData("disposable-domain", "prod\u0443ction")]
    public async Task Read_NameNotPlain_IsRefused(string model, string channel)
    {
        ReleaseChannels channels = new(await emulator.NewStoreAsync());

        await Assert.ThrowsAsync<ArgumentException>(() => channels.ReadAsync(model, channel));
    }

    [Fact]
    public async Task History_VersionMissing_NamesIt()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        byte[] pointer = Publishing.Envelopes.CanonicalJson.Of(Entry(2, "second"));
        await store.CompareAndSwapAsync("channels/disposable-domain/production.json", pointer, "application/json", expectedETag: null);

        InvalidDataException defect = await Assert.ThrowsAsync<InvalidDataException>(() => new ReleaseChannels(store).HistoryAsync(Model, "production"));

        Assert.Contains("channels/disposable-domain/production/1.json", defect.Message, StringComparison.Ordinal);
    }

    private static ChannelEntry Entry(long version, string release) => new(
        Model,
        "production",
        version,
        ChannelMove.Promotion,
        new Publication($"publications/{Model}/{release}", release, "root", "model", ["alice", "bob"]),
        "2020-05",
        ReleaseTeam.Now,
        "temporal://default/retrain-disposable-domain/0199");

    private async Task<AzureBlobStore> StoreWithPublicationsAsync(params string[] releases)
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        foreach (string release in releases)
        {
            using MemoryStream signature = new();
            await store.PutIfAbsentAsync($"publications/{Model}/{release}/model.sig", signature, "text/plain");
        }

        return store;
    }
}
