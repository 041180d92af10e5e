using System.Diagnostics;
using System.Globalization;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Tests.Testing;

namespace Lifecycle.ServingFigures;

/// <summary>What logging costs the caller, and how fast rows reach the store.</summary>
internal static class LoggerMeasurement
{
    /// <summary>Heading of the table.</summary>
    public const string Heading = "| policy | callers | call p50 | p99 | rows/s logged | rows/s uploaded | dropped |\n|---|---|---|---|---|---|---|";

    /// <summary>Logs rows from some callers at once and prints a row of the table.</summary>
    public static async Task MeasureAsync(string name, PredictionLoggerOptions options, int callers, int rows, string folder)
    {
        string blobs = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
        options = options with { JournalFolder = Path.Combine(folder, Path.GetRandomFileName()), BufferRows = rows, PartRows = Math.Min(rows, 100_000) };
        await using PredictionLogger logger = PredictionLogger.Open(options, new FolderBlobStore(blobs), TimeProvider.System);
        long[] ticks = new long[rows];
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => LogAsync(logger, ticks, caller, callers))));
        double logging = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await logger.FlushAsync();
        double whole = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Array.Sort(ticks);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {callers} | {Microseconds(ticks[rows / 2]):0.0} µs | {Microseconds(ticks[rows * 99 / 100]):0.0} µs | {rows / logging:N0} | {rows / whole:N0} | {logger.Counters.DroppedCount} |"));
    }

    private static async Task LogAsync(PredictionLogger logger, long[] ticks, int first, int step)
    {
        for (int i = first; i < ticks.Length; i += step)
        {
            ServedPrediction row = new()
            {
                RequestId = string.Create(CultureInfo.InvariantCulture, $"request-{i}"),
                Time = DateTimeOffset.UnixEpoch.AddSeconds(i % 86_400),
                Input = string.Create(CultureInfo.InvariantCulture, $"host{i}.example"),
                ModelDigest = "f7c1ebc2851df7c1ebc2851df7c1ebc2851df7c1ebc2851df7c1ebc2851df7c1",
                ChannelVersion = 2,
                Prediction = 0.5f,
                LatencyMicroseconds = 26,
            };
            long before = Stopwatch.GetTimestamp();
            await logger.LogAsync(row);
            ticks[i] = Stopwatch.GetTimestamp() - before;
        }
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
