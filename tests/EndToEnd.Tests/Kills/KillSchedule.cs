using Lifecycle.EndToEnd.Tests.Services;

namespace Lifecycle.EndToEnd.Tests.Kills;

/// <summary>Arms failpoints, and kills the victim each time a worker is held at one.</summary>
internal sealed class KillSchedule : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly CancellationTokenSource stop = new();
    private readonly Task watching;

    /// <summary>Arms <paramref name="places"/> and begins to watch.</summary>
    public KillSchedule(SplitServices services, string victim, IEnumerable<string> places)
    {
        foreach (string place in places)
        {
            File.WriteAllText(Path.Combine(services.Failpoints, $"{place}.armed"), "");
        }

        watching = Task.Run(() => WatchAsync(services, victim));
    }

    /// <summary>How often the victim was killed.</summary>
    public int Count { get; private set; }

    /// <summary>Waits until the victim was killed so often; fails if a kill failed.</summary>
    public async Task WaitAsync(int count)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(5));
        while (Count < count)
        {
            Assert.False(watching.IsFaulted, $"{watching.Exception}");
            await Task.Delay(Pause, patience.Token);
        }
    }

    /// <summary>Ends the watch after the kill in work, if there is one; fails if a kill failed.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await watching;
    }

    /// <summary>Ends the watch.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private async Task WatchAsync(SplitServices services, string victim)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (string reached in Directory.EnumerateFiles(services.Failpoints, "*.reached"))
            {
                await KillAsync(services, victim, reached);
                Count++;
            }

            await Task.Delay(Pause);
        }
    }

    // The dead worker's place is cleared before another worker starts; a held worker goes on when its engine is back.
    private static async Task KillAsync(SplitServices services, string victim, string reached)
    {
        if (victim == "worker")
        {
            await services.KillWorkerAsync();
            File.Delete(reached);
            return;
        }

        await services.KillEngineAsync();
        File.Delete(reached);
    }
}
