using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;
using Lifecycle.Serving.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Lifecycle.Serving.Tests.Testing;

/// <summary>A logger's surroundings: a store that can be away, a journal's folder and a clock that the test moves.</summary>
internal sealed class LoggerWorld : IDisposable
{
    public static readonly DateTimeOffset Day = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public LoggerWorld() => Store = new FolderBlobStore(Directory.CreateDirectory(Folder["blobs"]).FullName);

    public TemporaryFolder Folder { get; } = new();

    public FolderBlobStore Store { get; }

    public FakeTimeProvider Clock { get; } = new(Day);

    public PredictionLoggerOptions Options => new() { Model = "mail", JournalFolder = Folder["journal"], CloseTimeout = TimeSpan.FromTicks(1) };

    public static ServedPrediction Row(string id) => new() { RequestId = id, Time = Day, Input = "a.example", Prediction = 0.5f };

    public PredictionLogger Open(PredictionLoggerOptions options) => PredictionLogger.Open(options, Store, Clock);

    /// <summary>Ends when the logger's own threads have made it true.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(5));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Closes a logger, with its patience used up.</summary>
    public async Task CloseAsync(PredictionLogger logger)
    {
        Task closed = logger.DisposeAsync().AsTask();
        await UntilAsync(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return closed.IsCompleted;
        });
        await closed;
    }

    /// <summary>Request ids in the log.</summary>
    public async Task<List<string>> IdsAsync()
    {
        WatchWindow window = new("all", Day, Day.AddDays(1), Day.AddYears(1));
        string rows = Folder["window.parquet"];
        WindowParts parts = await new PredictionParts(Store, Folder["cache"]).DownloadAsync("mail", window);
        PredictionWindow.Write(parts, window, null, rows, new DataLimits());
        return WindowIds.Of(rows);
    }

    public void Dispose() => Folder.Dispose();
}
