using System.Text.Json;
using Lifecycle.Activities.Stages;
using Lifecycle.Publishing.Keys;

namespace Lifecycle.Worker.Stages;

/// <summary>
/// Runs isolated stages in child processes. A child serves one workflow run: the stages of a run follow each other, and the
/// second finds everything loaded and compiled. One child is started ahead, so that its start costs the first stage no time.
/// </summary>
internal sealed class ChildStages : IStageProcesses, IAsyncDisposable
{
    // Short calls of the queue lifecycle, beside the slots of the queue training.
    private const int ShortCalls = 2;

    private readonly StageSetup setup;
    private readonly Action<string> warn;
    private readonly StageLaunch launch;
    private readonly IdleStages idle;
    private readonly SemaphoreSlim slots;
    private readonly Lock gate = new();
    private Task<StageProcess>? spare;
    private bool ended;
    private int warned;

    /// <summary>Starts nothing yet.</summary>
    /// <param name="setup">What the stages are composed of.</param>
    /// <param name="stagesAtOnce">Data and training stages at once.</param>
    /// <param name="warn">Told once when the system cannot keep children to their files.</param>
    /// <param name="launch">How a child is started; null starts the worker's own program.</param>
    public ChildStages(StageSetup setup, int stagesAtOnce, Action<string> warn, StageLaunch? launch = null)
    {
        (this.setup, this.warn, this.launch) = (setup, warn, launch ?? new StageLaunch(setup));
        slots = new SemaphoreSlim(stagesAtOnce + ShortCalls);
        idle = new IdleStages(setup.Limits, atMost: stagesAtOnce + ShortCalls);
    }

    /// <summary>Starts the first child ahead of the first stage.</summary>
    public void Prepare()
    {
        lock (gate)
        {
            spare ??= launch.StartAsync();
        }
    }

    /// <inheritdoc/>
    public async Task<JsonElement> RunAsync(StageCall call, Action<string> progress, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation);
        try
        {
            StageProcess process = idle.Take(call.Caller) ?? await TakeSpareAsync();
            StageEnd end = await process.RunAsync(call, setup.Limits, progress, cancellation);
            WarnUnlessConfined(process);
            if (end.Answer is null || !idle.TryKeep(call.Caller, process))
            {
                await process.DisposeAsync();
            }

            if (end.Kill == StageKill.Cancelled)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            return end.Answer is null ? throw end.ToFailure(call, setup.Limits) : end.Answer.Value;
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Ends the children that wait. Stages in work are cancelled by the worker before.</summary>
    public async ValueTask DisposeAsync()
    {
        Task<StageProcess>? waiting;
        lock (gate)
        {
            (waiting, spare, ended) = (spare, null, true);
        }

        if (waiting is not null && await SettleAsync(waiting) is { } process)
        {
            await process.DisposeAsync();
        }

        await idle.DisposeAsync();
        launch.Dispose();
        slots.Dispose();
    }

    // The next one is started when this one is taken: its start overlaps the stage.
    private async Task<StageProcess> TakeSpareAsync()
    {
        Task<StageProcess>? taken;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(ended, this);
            (taken, spare) = (spare, launch.StartAsync());
        }

        if (taken is not null && await SettleAsync(taken) is { } ready)
        {
            if (ready.IsUsable)
            {
                return ready;
            }

            await ready.DisposeAsync();
        }

        return await launch.StartAsync();
    }

    private static async Task<StageProcess?> SettleAsync(Task<StageProcess> starting)
    {
        try
        {
            return await starting;
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void WarnUnlessConfined(StageProcess process)
    {
        if (process.IsConfined == false && Interlocked.Exchange(ref warned, 1) == 0)
        {
            warn($"this system cannot keep the stages' processes to their files (it has no Landlock): only the rules about paths keep requests and scripts away from {new KeyFolder(setup.Places.KeysHome).Folder}");
        }
    }
}
