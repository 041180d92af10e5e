using System.Diagnostics;
using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Tests.Testing;

namespace Lifecycle.Serving.Tests.Logging;

/// <summary>
/// kill -9 of a process that logs, between every two steps of a row's way into the store, and again while its successor
/// recovers. Nothing acknowledged may be missing afterwards, and nothing be there twice.
/// </summary>
public sealed class LoggerKillTests : IDisposable
{
    private static readonly DateTimeOffset Day = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, int> Steps() => new(
        from step in Enum.GetNames<LogStep>() from time in new[] { 1, 2 } select (step, time));

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Log_OfAProcessKilledAtAStep_LosesNothingAcknowledged_AndDoublesNothing(string step, int time)
    {
        List<string> acknowledged = [];
        acknowledged.AddRange(await RunAsync("first-", step, time));
        acknowledged.AddRange(await RunAsync("second-", step, time));
        acknowledged.AddRange(await RunAsync("last-", "None", 1));

        (WindowRows window, HashSet<string> found) = await ReadAsync();
        Assert.Subset(found, acknowledged.ToHashSet());
        Assert.Equal(found.Count, window.RowCount);
        Assert.Equal(0, window.RepeatedCount);
        Assert.True(acknowledged.Count >= 20, "the last process logs all its rows");
        Assert.Empty(Directory.EnumerateFiles(folder["journal"], "*.open").Concat(Directory.EnumerateFiles(folder["journal"], "*.sealed")));
    }

    public void Dispose() => folder.Dispose();

    private async Task<List<string>> RunAsync(string prefix, string step, int time)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Lifecycle.JournalVictim.dll"), Directory.CreateDirectory(folder["blobs"]).FullName,
            folder["journal"], nameof(JournalSync.EveryRow), "20", prefix, step, $"{time}",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process victim = Process.Start(start)!;
        Task<string> errors = victim.StandardError.ReadToEndAsync();
        string[] lines = (await victim.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await victim.WaitForExitAsync();
        Assert.True(victim.ExitCode == (step == "None" ? 0 : 137), $"exit {victim.ExitCode}: {await errors}");
        return [.. lines];
    }

    private async Task<(WindowRows Window, HashSet<string> Ids)> ReadAsync()
    {
        PredictionParts log = new(new FolderBlobStore(folder["blobs"]), folder["cache"]);
        WatchWindow window = new("all", Day, Day.AddDays(1), DateTimeOffset.MaxValue.AddDays(-1));
        string rows = folder["window.parquet"];
        WindowRows read = PredictionWindow.Write(await log.DownloadAsync("mail", window), window, null, rows, new DataLimits());
        return (read, [.. WindowIds.Of(rows)]);
    }
}
