using System.Text;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Tests.Stores;

public sealed class AzureBlobStoreTests(EmulatorFixture emulator)
{
    private const string Text = "text/plain";

    [Fact]
    public async Task PutIfAbsent_SameBytesTwice_Succeeds()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();

        await PutAsync(store, "a/b.txt", "one");
        await PutAsync(store, "a/b.txt", "one");

        Assert.Equal("one", await ReadAsync(store, "a/b.txt"));
    }

    [Fact]
    public async Task PutIfAbsent_OtherBytes_NamesBothDigestsAndKeepsTheFirst()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        await PutAsync(store, "a/b.txt", "one");

        BlobConflictException conflict = await Assert.ThrowsAsync<BlobConflictException>(() => PutAsync(store, "a/b.txt", "two"));

        Assert.Equal(Domain.Sha256Digest.Of("one"u8), conflict.Found);
        Assert.Equal(Domain.Sha256Digest.Of("two"u8), conflict.Offered);
        Assert.Equal("one", await ReadAsync(store, "a/b.txt"));
    }

    [Fact]
    public async Task PutIfAbsent_EightRacersWithTheirOwnBytes_OneWins()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();

        bool[] won = await Task.WhenAll(Enumerable.Range(0, 8).Select(async racer =>
        {
            try
            {
                await PutAsync(store, "race", $"racer {racer}");
                return true;
            }
            catch (BlobConflictException)
            {
                return false;
            }
        }));

        Assert.Single(won, true);
        Assert.Equal($"racer {Array.IndexOf(won, true)}", await ReadAsync(store, "race"));
    }

    [Fact]
    public async Task CompareAndSwap_EightRacersFromOneVersion_OneWins()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        await PutAsync(store, "pointer", "old");
        string tag = (await store.ReadAsync("pointer", 100))!.ETag;

        bool[] won = await Task.WhenAll(Enumerable.Range(0, 8).Select(racer =>
            store.CompareAndSwapAsync("pointer", Encoding.UTF8.GetBytes($"racer {racer}"), Text, tag)));

        Assert.Single(won, true);
        Assert.Equal($"racer {Array.IndexOf(won, true)}", await ReadAsync(store, "pointer"));
    }

    [Fact]
    public async Task CompareAndSwap_AbsentExpectedButPresent_Loses()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        await PutAsync(store, "pointer", "old");

        Assert.False(await store.CompareAndSwapAsync("pointer", "new"u8.ToArray(), Text, expectedETag: null));
        Assert.Equal("old", await ReadAsync(store, "pointer"));
    }

    [Fact]
    public async Task CompareAndSwap_RepeatedAfterALostAnswer_MeetsItsOwnBytesAndWins()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();

        Assert.True(await store.CompareAndSwapAsync("pointer", "new"u8.ToArray(), Text, expectedETag: null));
        Assert.True(await store.CompareAndSwapAsync("pointer", "new"u8.ToArray(), Text, expectedETag: null));
    }

    [Fact]
    public async Task Read_Absent_IsNull()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();

        Assert.Null(await store.ReadAsync("nothing", 100));
        Assert.False(await store.CopyToAsync("nothing", Stream.Null));
        Assert.False(await store.ExistsAsync("nothing"));
    }

    [Fact]
    public async Task Read_LongerThanAllowed_IsRefusedBeforeItIsRead()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        await PutAsync(store, "long", new string('x', 101));

        BlobTooLargeException refusal = await Assert.ThrowsAsync<BlobTooLargeException>(() => store.ReadAsync("long", 100));

        Assert.Contains("long has 101 bytes, expected at most 100", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Prefix_NamesOnlyWhatIsUnderItInOrder()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        await PutAsync(store, "p/b", "");
        await PutAsync(store, "p/a/c", "");
        await PutAsync(store, "q", "");

        Assert.Equal(["p/a/c", "p/b"], await store.ListAsync("p/").ToListAsync());
    }

    [Fact]
    public async Task EveryCall_StoreDown_SaysWhereItShouldBeAndWhatToDo()
    {
        AzureBlobStore store = AzureBlobStore.Open(new BlobStoreOptions
        {
            ConnectionString = Storage.Emulator.AzuriteProcess.ConnectionStringFor(port: 1),
            MaximumRetries = 1,
        });

        StoreUnavailableException failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadAsync("a", 1));

        Assert.Contains("http://127.0.0.1:1/devstoreaccount1/lifecycle", failure.Message, StringComparison.Ordinal);
        Assert.Contains("refused", failure.Message, StringComparison.Ordinal);
        Assert.Contains("lifecycle up", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryCall_ContainerMissing_SaysWhatTheStoreAnsweredInOneLine()
    {
        AzureBlobStore store = emulator.OpenStore("missing");

        StoreRefusedException read = await Assert.ThrowsAsync<StoreRefusedException>(() => store.ReadAsync("a", 1));
        StoreRefusedException put = await Assert.ThrowsAsync<StoreRefusedException>(() => PutAsync(store, "a", "x"));

        Assert.Contains("404 ContainerNotFound", read.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', put.Message);
    }

    [Fact]
    public void Open_NeitherOrBothAddresses_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => AzureBlobStore.Open(new BlobStoreOptions()));
        Assert.Throws<ArgumentException>(() => AzureBlobStore.Open(new BlobStoreOptions { ConnectionString = "a", ContainerUri = "b" }));
    }

    private static async Task PutAsync(AzureBlobStore store, string name, string text)
    {
        using MemoryStream content = new(Encoding.UTF8.GetBytes(text));
        await store.PutIfAbsentAsync(name, content, Text);
    }

    private static async Task<string> ReadAsync(AzureBlobStore store, string name) =>
        Encoding.UTF8.GetString((await store.ReadAsync(name, 1000))!.Content.Span);
}
