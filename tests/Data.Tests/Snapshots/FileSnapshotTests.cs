using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Domain.Data;

namespace Lifecycle.Data.Tests.Snapshots;

public sealed class FileSnapshotTests : IDisposable
{
    private readonly ModelFolder folder = new();

    private string Rows => folder.Output("rows.parquet");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task TakeAsync_RowsInAnotherOrder_GiveTheSameBytes()
    {
        DataSnapshot first = await TakeAsync();
        string[] lines = [.. ModelFolder.Rows(200).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        folder.Write("rows.csv", string.Join('\n', [lines[0], .. lines[1..].Reverse()]) + "\n");

        DataSnapshot second = await TakeAsync();

        Assert.Equal(first.Digest, second.Digest);
        Assert.NotEqual(first.Sources, second.Sources);
    }

    [Fact]
    public async Task TakeAsync_ModelInAnotherFolder_GivesTheSameBytesAndSources()
    {
        using ModelFolder other = new();
        DataSnapshot first = await TakeAsync();
        LoadedModelDefinition loaded = ModelDefinitionReader.Read(other.Path);

        DataSnapshot second = await RealModels.Taker().TakeAsync(loaded.Definition, other.Path, "one", other.Output("rows.parquet"), null, default);

        Assert.Equal(first.Digest, second.Digest);
        Assert.Equal(first.Sources, second.Sources);
    }

    [Fact]
    public async Task TakeAsync_NoSnapshotNamed_TakesTheNewest()
    {
        Assert.Equal("two", (await TakeAsync(snapshot: null)).Id);
    }

    [Fact]
    public async Task TakeAsync_FileNamedBySnapshot_ReadsThatSnapshotsFile()
    {
        folder.Change("rows: rows.csv", "rows: \"rows-{snapshot}.csv\"");
        folder.Write("rows-one.csv", ModelFolder.Rows(20));
        folder.Write("rows-two.csv", ModelFolder.Rows(30));

        Assert.Equal(20, (await TakeAsync("one")).RowCount);
        Assert.Equal(30, (await TakeAsync("two")).RowCount);
    }

    [Fact]
    public async Task TakeAsync_UnknownSnapshot_NamesThoseThereAre()
    {
        Assert.Equal("model 'toy' has no snapshot 'three'; its model.yaml lists one, two", await RefusalAsync("three"));
    }

    [Fact]
    public async Task TakeAsync_MissingFile_NamesIt()
    {
        File.Delete(Path.Combine(folder.Path, "rows.csv"));

        Assert.StartsWith("data file 'rows.csv' is missing", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeAsync_FileOfNoBytes_NamesIt()
    {
        folder.Write("rows.csv", "");

        Assert.StartsWith("data file 'rows.csv' is empty", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeAsync_LinkOutOfTheFolder_IsRefused()
    {
        File.Delete(Path.Combine(folder.Path, "rows.csv"));
        string outside = folder.Output("outside.csv");
        await File.WriteAllTextAsync(outside, ModelFolder.Rows(20));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "rows.csv"), outside);

        Assert.StartsWith("data file 'rows.csv' is a link that leaves the model's folder", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeAsync_HeaderWithoutRows_IsRefusedAndLeavesNoFile()
    {
        folder.Write("rows.csv", "word,label,seen,share\n");

        Assert.StartsWith("snapshot 'one' of 'toy' has no rows", await RefusalAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(Rows));
        Assert.Empty(Directory.EnumerateDirectories(folder.Root, ".staging-*"));
    }

    [Fact]
    public async Task TakeAsync_ColumnThatTheScriptReadsIsGone_NamesIt()
    {
        folder.Write("rows.csv", "word,label,seen\na,1,0\n");

        Assert.Matches("taking snapshot one of toy failed: .*\"share\" not found", await RefusalAsync());
    }

    [Fact]
    public async Task TakeAsync_TruncatedParquet_IsOneClearError()
    {
        await TakeAsync();
        byte[] whole = await File.ReadAllBytesAsync(Rows);
        folder.Change("rows: rows.csv", "rows: rows.parquet");
        folder.Write("snapshot.sql", "SELECT * FROM read_parquet(getvariable('rows'))");
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "rows.parquet"), whole[..(whole.Length / 2)]);

        Assert.Matches("taking snapshot one of toy failed: .*rows.parquet", await RefusalAsync());
    }

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/hostname', header = false)")]
    [InlineData("COPY (SELECT 1) TO '/tmp/lifecycle-escape.csv'; SELECT 1 AS word")]
    [InlineData("SELECT * FROM read_csv(getvariable('source') || '/../../outside.csv')")]
    [InlineData("SET enable_external_access = true; SELECT 1 AS word")]
    [InlineData("SET memory_limit = '1TB'; SELECT 1 AS word")]
    [InlineData("INSTALL httpfs; SELECT 1 AS word")]
    public async Task TakeAsync_ScriptThatReachesOut_IsRefused(string script)
    {
        await File.WriteAllTextAsync(folder.Output("outside.csv"), ModelFolder.Rows(20));
        folder.Write("snapshot.sql", script);

        Assert.StartsWith("taking snapshot one of toy failed: ", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeAsync_ScriptThatWritesIntoTheSource_IsRefused()
    {
        folder.Write("snapshot.sql", "COPY (SELECT 1) TO (getvariable('source') || '/planted.csv'); SELECT 1 AS word");

        Assert.StartsWith("a script wrote to planted.csv; sources are read-only", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeAsync_EndlessScript_IsStoppedAtTheDeadline()
    {
        folder.Write("snapshot.sql", "SELECT sum(a.range * b.range) AS word FROM range(10000000) a, range(10000000) b");
        SnapshotTaker taker = RealModels.Taker(new DataLimits { Deadline = TimeSpan.FromMilliseconds(300) });

        DataDeadlineException exception = await Assert.ThrowsAsync<DataDeadlineException>(() => TakeAsync("one", taker));

        Assert.StartsWith("taking snapshot one of toy took longer than", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeAsync_CancelledByTheCaller_SaysSo()
    {
        folder.Write("snapshot.sql", "SELECT sum(a.range * b.range) AS word FROM range(10000000) a, range(10000000) b");
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TakeAsync("one", cancellation: stop.Token));
    }

    private Task<DataSnapshot> TakeAsync(string? snapshot = "one", SnapshotTaker? taker = null, CancellationToken cancellation = default) =>
        (taker ?? RealModels.Taker()).TakeAsync(ModelDefinitionReader.Read(folder.Path).Definition, folder.Path, snapshot, Rows, progress: null, cancellation);

    private async Task<string> RefusalAsync(string snapshot = "one") =>
        (await Assert.ThrowsAsync<InvalidDataSourceException>(() => TakeAsync(snapshot))).Message;
}
