using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Lifecycle.Activities.Stages;
using Lifecycle.Publishing.Keys;

namespace Lifecycle.Worker.Stages;

/// <summary>
/// Runs isolated stages, each in a child process of its own. One child is started ahead, so that its start costs the stage
/// before nothing and its own stage no time.
/// </summary>
internal sealed class ChildStages : IStageProcesses, IAsyncDisposable
{
    // Short calls of the queue lifecycle, beside the slots of the queue training.
    private const int ShortCalls = 2;

    private readonly StageSetup setup;
    private readonly Action<string> warn;
    private readonly Func<ProcessStartInfo> program;
    private readonly StageStarter starter = new();
    private readonly SemaphoreSlim slots;
    private readonly Lock gate = new();
    private Spare? spare;
    private bool ended;
    private int warned;

    /// <summary>Starts nothing yet.</summary>
    /// <param name="setup">What the stages are composed of.</param>
    /// <param name="stagesAtOnce">Data and training stages at once.</param>
    /// <param name="warn">Told once when the system cannot keep children to their files.</param>
    /// <param name="program">How a child is started; null starts the worker's own program.</param>
    public ChildStages(StageSetup setup, int stagesAtOnce, Action<string> warn, Func<ProcessStartInfo>? program = null)
    {
        (this.setup, this.warn, this.program) = (setup, warn, program ?? StageProgram.StartInfo);
        slots = new SemaphoreSlim(stagesAtOnce + ShortCalls);
    }

    /// <summary>Starts the first child ahead of the first stage.</summary>
    public void Prepare()
    {
        lock (gate)
        {
            spare ??= Ahead();
        }
    }

    /// <inheritdoc/>
    public async Task<JsonElement> RunAsync(StageCall call, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation);
        try
        {
            await using StageProcess process = await TakeAsync();
            (StageAnswer? answer, StageEnd end) = await process.RunAsync(call, setup.Limits, cancellation);
            WarnUnlessConfined(process);
            if (end.Kill == StageKill.Cancelled)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            return answer is null ? throw end.ToFailure(call, setup.Limits) : answer.Value;
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Ends the child that waits. Stages in work are cancelled by the worker before.</summary>
    public async ValueTask DisposeAsync()
    {
        Spare? waiting;
        lock (gate)
        {
            (waiting, spare, ended) = (spare, null, true);
        }

        if (waiting is not null && await SettleAsync(waiting.Process) is { } process)
        {
            await process.DisposeAsync();
        }

        starter.Dispose();
        slots.Dispose();
    }

    // The next one is started when this one is taken: its start overlaps the stage.
    private async Task<StageProcess> TakeAsync()
    {
        Spare? taken;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(ended, this);
            (taken, spare) = (spare, Ahead());
        }

        if (taken is not null && await SettleAsync(taken.Process) is { } ready)
        {
            if (ready.IsAlive && taken.Made.SequenceEqual(ReadableMade()))
            {
                return ready;
            }

            await ready.DisposeAsync();
        }

        return await StartAsync();
    }

    // A child is kept to its files as they lay there when it started: one that was replaced since, as an enrolment is, is none of them.
    private Spare Ahead() => new(ReadableMade(), StartAsync());

    private ImmutableArray<DateTime> ReadableMade() => [.. Readable().Select(File.GetCreationTimeUtc)];

    private ImmutableArray<string> Readable() =>
    [
        Path.GetFullPath(setup.Places.ModelsFolder), Path.GetFullPath(new KeyFolder(setup.Places.KeysHome).EnrolmentPath),
        .. setup.Places.DataFolders.Select(Path.GetFullPath),
    ];

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

    private async Task<StageProcess> StartAsync()
    {
        string parent = Path.GetFullPath(setup.Places.WorkFolder ?? Path.Combine(setup.Places.ScratchFolder, "work"));
        string work = Directory.CreateDirectory(Path.Combine(parent, $"child-{Path.GetRandomFileName()}")).FullName;
        Directory.CreateDirectory(setup.Places.PackagesFolder);
        ProcessStartInfo start = program();
        StageEnvironment.Reduce(start.Environment, setup.Limits.MemoryMegabytes, work);
        KeyFolder keys = new(setup.Places.KeysHome);
        StageConfinement confinement = new(
            [Path.GetFullPath(setup.Places.ScratchFolder), work, Path.GetFullPath(setup.Places.PackagesFolder)],
            Readable(), Path.GetFullPath(keys.Folder));
        Process started = await starter.StartAsync(start);
        return await StageProcess.OpenAsync(started, work, confinement, setup with { Places = setup.Places with { WorkFolder = work } });
    }

    private void WarnUnlessConfined(StageProcess process)
    {
        if (process.IsConfined == false && Interlocked.Exchange(ref warned, 1) == 0)
        {
            warn($"this system cannot keep the stages' processes to their files (it has no Landlock): only the rules about paths keep requests and scripts away from {new KeyFolder(setup.Places.KeysHome).Folder}");
        }
    }

    /// <summary>The child that waits, and when each file that it may read was made, before it started.</summary>
    private sealed record Spare(ImmutableArray<DateTime> Made, Task<StageProcess> Process);
}
