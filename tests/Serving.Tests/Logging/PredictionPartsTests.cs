using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Tests.Testing;
using Lifecycle.Storage;

namespace Lifecycle.Serving.Tests.Logging;

public sealed class PredictionPartsTests : IDisposable
{
    private static readonly DateTimeOffset Day = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WatchWindow Window = new("2024-03-01T00:00Z-1d", Day, Day.AddDays(1), Day.AddDays(1));

    private readonly TemporaryFolder folder = new();
    private readonly FolderBlobStore store;
    private readonly PredictionParts parts;

    public PredictionPartsTests()
    {
        store = new FolderBlobStore(Directory.CreateDirectory(folder["blobs"]).FullName);
        parts = new PredictionParts(store, folder["cache"]);
    }

    [Fact]
    public async Task Upload_OfTheSamePartTwice_IsOnePart()
    {
        await UploadAsync(0);
        await UploadAsync(0);
        Assert.Single(await store.ListAsync("predictions/mail/2024-03-01/").ToListAsync());
    }

    [Fact]
    public async Task Download_OfAWindow_TakesItsDays_AndTheLabelsKnownByThen()
    {
        await UploadAsync(-1, 0, 1);
        await parts.UploadLabelsAsync("mail", LogParts.WriteLabels([Label(0), Label(1), Label(40)], folder.Path, new DataLimits()));
        Assert.Single((await parts.DownloadAsync("mail", Window)).Predictions);
        Assert.Equal(2, (await parts.DownloadAsync("mail", Window)).Labels.Length);
        Assert.Equal(3, (await parts.DownloadAsync("mail", Window, Day.AddDays(50))).Labels.Length);
    }

    [Fact]
    public async Task Download_OfAPartThatWasChanged_IsRefused()
    {
        await UploadAsync(0);
        string name = Assert.Single(await store.ListAsync("predictions/").ToListAsync());
        await File.AppendAllTextAsync(Path.Combine(store.Address, name), "x");
        ArtifactCorruptedException refused = await Assert.ThrowsAsync<ArtifactCorruptedException>(() => parts.DownloadAsync("mail", Window));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_WithACopyThatWasChanged_FetchesItAgain()
    {
        await UploadAsync(0);
        string copy = Assert.Single((await parts.DownloadAsync("mail", Window)).Predictions);
        byte[] sound = await File.ReadAllBytesAsync(copy);
        await File.WriteAllTextAsync(copy, "x");
        Assert.Equal(copy, Assert.Single((await parts.DownloadAsync("mail", Window)).Predictions));
        Assert.Equal(sound, await File.ReadAllBytesAsync(copy));
    }

    [Fact]
    public async Task Days_OfALog_AreThoseWithPredictions()
    {
        Assert.Empty(await parts.DaysAsync("mail"));
        await UploadAsync(2, 0);
        Assert.Equal([new DateOnly(2024, 3, 1), new DateOnly(2024, 3, 3)], await parts.DaysAsync("mail"));
    }

    [Fact]
    public async Task Blobs_ThatAreNoParts_ArePassedOver()
    {
        await store.PutIfAbsentAsync("predictions/mail/2024-03-01/notes.txt", new MemoryStream([1]), "text/plain");
        Assert.Empty((await parts.DownloadAsync("mail", Window)).Predictions);
    }

    public void Dispose() => folder.Dispose();

    private static LabelRow Label(int day) => new() { RequestId = "r", Label = 1, KnownTime = Day.AddDays(day), Source = "desk" };

    private Task UploadAsync(params int[] days) => parts.UploadPredictionsAsync("mail", LogParts.WritePredictions(
        [.. days.Select(day => new PredictionRow { Time = Day.AddDays(day), KnownTime = Day.AddDays(day), RequestId = $"r{day}", Input = "a.example" })],
        folder.Path,
        new DataLimits()));
}
