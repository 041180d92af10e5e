using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Runs;

namespace Lifecycle.Worker.Stages;

/// <summary>
/// Children that have answered and wait for the next stage of their run: a few, for a moment, and only small ones, since their
/// memory counts beside that of the stages in work.
/// </summary>
/// <param name="limits">Of the stages.</param>
/// <param name="atMost">Children kept.</param>
internal sealed class IdleStages(StageLimits limits, int atMost) : IAsyncDisposable
{
    private const int ShareOfTheWall = 4;

    /// <summary>How long one is kept: longer than the pause between two stages of a run on a busy machine.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<(string Workflow, string Run), Kept> kept = [];
    private readonly HashSet<Task> endings = [];
    private bool ended;

    /// <summary>The child of the caller's run; null when none is kept, or the one that was can take no stage any more.</summary>
    public StageProcess? Take(StageCaller? caller)
    {
        lock (gate)
        {
            if (caller is null || !kept.Remove(KeyOf(caller), out Kept? found))
            {
                return null;
            }

            found.Expiry.Dispose();
            if (found.Process.IsUsable)
            {
                return found.Process;
            }

            End(found.Process);
            return null;
        }
    }

    /// <summary>Keeps a child for the caller's run; false when its owner has to end it.</summary>
    public bool TryKeep(StageCaller? caller, StageProcess process)
    {
        lock (gate)
        {
            if (ended || caller is null || kept.Count >= atMost || kept.ContainsKey(KeyOf(caller)) || !IsSmall(process))
            {
                return false;
            }

            kept[KeyOf(caller)] = new Kept(process, new Timer(_ => Expire(caller, process), state: null, KeptFor, Timeout.InfiniteTimeSpan));
            return true;
        }
    }

    /// <summary>Ends all that are kept, and waits until they are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] last;
        lock (gate)
        {
            ended = true;
            foreach (Kept one in kept.Values)
            {
                one.Expiry.Dispose();
                End(one.Process);
            }

            kept.Clear();
            last = [.. endings];
        }

        await Task.WhenAll(last);
    }

    private static (string Workflow, string Run) KeyOf(StageCaller caller) => (caller.WorkflowId, caller.WorkflowRunId);

    private bool IsSmall(StageProcess process) => process.MemoryBytes is { } bytes && bytes < ((long)limits.MemoryMegabytes << 20) / ShareOfTheWall;

    private void Expire(StageCaller caller, StageProcess process)
    {
        lock (gate)
        {
            if (kept.TryGetValue(KeyOf(caller), out Kept? found) && found.Process == process)
            {
                kept.Remove(KeyOf(caller));
                found.Expiry.Dispose();
                End(process);
            }
        }
    }

    // Called under the gate.
    private void End(StageProcess process)
    {
        Task ending = process.DisposeAsync().AsTask();
        endings.RemoveWhere(earlier => earlier.IsCompleted);
        endings.Add(ending);
    }

    private sealed record Kept(StageProcess Process, Timer Expiry);
}
