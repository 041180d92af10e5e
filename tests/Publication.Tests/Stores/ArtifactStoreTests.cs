using System.Text;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Tests.Stores;

public sealed class ArtifactStoreTests(EmulatorFixture emulator) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Upload_SameContentAsFileAndBytes_IsOneArtifact()
    {
        ArtifactStore artifacts = new(await emulator.NewStoreAsync(), _folder["cache"]);
        await File.WriteAllTextAsync(_folder["rows"], "rows");

        ArtifactRef fromFile = await artifacts.UploadFileAsync(_folder["rows"], MediaTypes.Parquet);
        ArtifactRef fromBytes = await artifacts.UploadAsync("rows"u8.ToArray(), MediaTypes.Parquet);

        Assert.Equal(ArtifactRef.ForContent(Sha256Digest.Of("rows"u8), 4, MediaTypes.Parquet), fromFile);
        Assert.Equal(fromFile, fromBytes);
    }

    [Fact]
    public async Task Download_UploadedContent_GivesTheSameBytes()
    {
        ArtifactStore artifacts = new(await emulator.NewStoreAsync(), _folder["cache"]);
        byte[] content = [.. Enumerable.Range(0, 5_000_000).Select(index => (byte)(index * 31))];

        ArtifactRef artifact = await artifacts.UploadAsync(content, MediaTypes.Onnx);

        Assert.Equal(content, await artifacts.ReadAsync(artifact));
    }

    [Fact]
    public async Task Download_StoredBytesChanged_RefusesNamingBothDigestsAndKeepsNothing()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        ArtifactStore artifacts = new(store, _folder["cache"]);
        string sha256 = Sha256Digest.Of("good"u8);
        using MemoryStream bad = new("evil"u8.ToArray());
        await store.PutIfAbsentAsync($"artifacts/sha256/{sha256}", bad, MediaTypes.Onnx);

        ArtifactCorruptedException refusal = await Assert.ThrowsAsync<ArtifactCorruptedException>(
            () => artifacts.DownloadAsync(ArtifactRef.ForContent(sha256, 4, MediaTypes.Onnx)));

        Assert.Contains(sha256, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Sha256Digest.Of("evil"u8), refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder["cache"]));
    }

    [Fact]
    public async Task Download_Missing_RefusesFoundNothing()
    {
        ArtifactStore artifacts = new(await emulator.NewStoreAsync(), _folder["cache"]);
        ArtifactRef artifact = ArtifactRef.ForContent(Sha256Digest.Of("gone"u8), 4, MediaTypes.Onnx);

        ArtifactCorruptedException refusal = await Assert.ThrowsAsync<ArtifactCorruptedException>(() => artifacts.DownloadAsync(artifact));

        Assert.Contains("found nothing", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_CachedCopyChanged_FetchesAnew()
    {
        ArtifactStore artifacts = new(await emulator.NewStoreAsync(), _folder["cache"]);
        ArtifactRef artifact = await artifacts.UploadAsync("good"u8.ToArray(), MediaTypes.Json);
        await File.WriteAllTextAsync(await artifacts.DownloadAsync(artifact), "evil");

        Assert.Equal("good", Encoding.UTF8.GetString(await artifacts.ReadAsync(artifact)));
    }

    [Fact]
    public async Task Download_ManyAtOnceIntoOneCache_AllGetTheBytes()
    {
        ArtifactStore artifacts = new(await emulator.NewStoreAsync(), _folder["cache"]);
        byte[] content = [.. Enumerable.Repeat((byte)7, 300_000)];
        ArtifactRef artifact = await artifacts.UploadAsync(content, MediaTypes.Onnx);

        byte[][] copies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => artifacts.ReadAsync(artifact))));

        Assert.All(copies, copy => Assert.Equal(content, copy));
        Assert.Single(Directory.EnumerateFiles(_folder["cache"]));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("ABCDEF")]
    public async Task Download_MalformedReference_IsRefusedUnasked(string sha256)
    {
        ArtifactStore artifacts = new(await emulator.NewStoreAsync(), _folder["cache"]);

        await Assert.ThrowsAsync<ArgumentException>(() => artifacts.DownloadAsync(new ArtifactRef($"artifact:sha256/{sha256}", sha256, 1, MediaTypes.Json)));
    }

    public void Dispose() => _folder.Dispose();
}
