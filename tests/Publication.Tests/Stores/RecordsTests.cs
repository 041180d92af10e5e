using Lifecycle.Domain.Artifacts;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Tests.Stores;

public sealed class RecordsTests(EmulatorFixture emulator)
{
    private const string Name = "counters/one.json";

    [Fact]
    public async Task Read_OfNothing_IsNull() => Assert.Null(await Of(await emulator.NewStoreAsync()).ReadAsync(Name));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"count\":")]
    [InlineData("{\"count\":1,\"count\":2,\"by\":\"a\"}")]
    [InlineData("{\"count\":1,\"by\":null}")]
    [InlineData("{\"by\":\"a\"}")]
    public async Task Read_OfWhatIsNoSuchDocument_NamesTheBlobAndTheStore(string content)
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        await store.CompareAndSwapAsync(Name, System.Text.Encoding.UTF8.GetBytes(content), MediaTypes.Json, expectedETag: null);

        foreach (Func<Task> use in new Func<Task>[] { () => Of(store).ReadAsync(Name), () => Of(store).ChangeAsync(Name, _ => new Counter(1, "b")) })
        {
            InvalidDataException malformed = await Assert.ThrowsAsync<InvalidDataException>(use);
            Assert.StartsWith($"{Name} in {store.Address} is malformed: ", malformed.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task PutIfAbsent_OfAnother_LeavesTheFirst()
    {
        Records<Counter> records = Of(await emulator.NewStoreAsync());

        Assert.True(await records.PutIfAbsentAsync(Name, new Counter(1, "a")));
        Assert.True(await records.PutIfAbsentAsync(Name, new Counter(1, "a")));
        Assert.False(await records.PutIfAbsentAsync(Name, new Counter(2, "b")));
        Assert.Equal(new Counter(1, "a"), await records.ReadAsync(Name));
    }

    [Fact]
    public async Task Change_ByManyAtOnce_LosesNoChange()
    {
        Records<Counter> records = Of(await emulator.NewStoreAsync());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer =>
            records.ChangeAsync(Name, known => new Counter((known?.Count ?? 0) + 1, $"{writer}"))));

        Assert.Equal(8, (await records.ReadAsync(Name))!.Count);
    }

    [Fact]
    public async Task Change_ToTheSame_WritesNothing()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        await Of(store).PutIfAbsentAsync(Name, new Counter(1, "a"));
        string? tag = (await store.ReadAsync(Name, 1 << 10))?.ETag;

        await Of(store).ChangeAsync(Name, known => known!);
        await Of(store).ChangeAsync(Name, _ => new Counter(1, "a"));

        Assert.Equal(tag, (await store.ReadAsync(Name, 1 << 10))?.ETag);
    }

    [Fact]
    public async Task List_OfAPrefix_GivesEachWithItsName()
    {
        Records<Counter> records = Of(await emulator.NewStoreAsync());
        await records.PutIfAbsentAsync("counters/b.json", new Counter(2, "b"));
        await records.PutIfAbsentAsync("counters/a.json", new Counter(1, "a"));
        await records.PutIfAbsentAsync("others/c.json", new Counter(3, "c"));

        Assert.Equal(
            [("counters/a.json", new Counter(1, "a")), ("counters/b.json", new Counter(2, "b"))],
            await records.ListAsync("counters/").ToListAsync(TestContext.Current.CancellationToken));
    }

    private static Records<Counter> Of(IBlobStore store) => new(store, 1 << 10);

    private sealed record Counter(int Count, string By);
}
