using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Persistence;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;

namespace Lifecycle.LocalEngine.Turns;

/// <summary>
/// The runs in memory. A run that is not here is read from the database; closed runs, and those untouched the longest
/// above <see cref="MaximumRuns"/> or <see cref="MaximumHistoryBytes"/>, are forgotten between transactions.
/// </summary>
internal sealed class RunCache(RunStore store, DefectLog defects)
{
    private const int MaximumRuns = 4_096;
    private const long MaximumHistoryBytes = 128 << 20;
    private readonly Dictionary<long, LinkedListNode<Run>> byKey = [];
    private readonly Dictionary<long, long> historyBytes = [];
    private readonly LinkedList<Run> byUse = [];
    private readonly HashSet<long> setAside = [];
    private readonly Dictionary<(string Namespace, string WorkflowId), long> current = [];
    private long totalHistoryBytes;
    private long lastKey = store.LastKey();

    public long NextKey() => ++lastKey;

    public void Add(Run run)
    {
        byKey[run.Key] = byUse.AddLast(run);
        current[(run.State.Namespace, run.State.WorkflowId)] = run.Key;
    }

    /// <summary>The run of a key; null where it was deleted.</summary>
    public Run? Find(long key)
    {
        if (byKey.TryGetValue(key, out var node))
        {
            byUse.Remove(node);
            byUse.AddLast(node);
            return node.Value;
        }

        if (Read(key) is not { } run)
        {
            return null;
        }

        byKey[key] = byUse.AddLast(run);
        Weigh(run);
        return run;
    }

    /// <summary>The run of a key; null where it was deleted or is set aside, which is written down then.</summary>
    public Run? FindReadable(long key)
    {
        try
        {
            return Find(key);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <summary>The latest run of a workflow id.</summary>
    public Run? FindCurrent(string @namespace, string workflowId)
    {
        if (!current.TryGetValue((@namespace, workflowId), out var key))
        {
            if (store.FindCurrent(@namespace, workflowId) is not { } stored)
            {
                return null;
            }

            current[(@namespace, workflowId)] = key = stored;
        }

        return Find(key);
    }

    /// <summary>The run a client names, by workflow id alone or with its run id.</summary>
    public Run? Find(string @namespace, WorkflowExecution execution)
    {
        var latest = FindCurrent(@namespace, execution.WorkflowId);
        if (execution.RunId.Length == 0 || latest?.State.RunId == execution.RunId)
        {
            return latest;
        }

        return latest is not null && store.Find(@namespace, execution.WorkflowId, execution.RunId) is { } key ? Find(key) : null;
    }

    /// <summary>The key of the run a client names, whether or not its record can be read.</summary>
    public long? KeyOf(string @namespace, WorkflowExecution execution) => execution.RunId.Length == 0
        ? store.FindCurrent(@namespace, execution.WorkflowId)
        : store.Find(@namespace, execution.WorkflowId, execution.RunId);

    /// <summary>Forgets which run of a workflow id is the latest, after one that cannot be read was deleted.</summary>
    public void ForgetCurrent(string @namespace, string workflowId) => current.Remove((@namespace, workflowId));

    public void Remove(Run run)
    {
        if (byKey.Remove(run.Key, out var node))
        {
            byUse.Remove(node);
            historyBytes.Remove(run.Key, out var bytes);
            totalHistoryBytes -= bytes;
        }

        var id = (run.State.Namespace, run.State.WorkflowId);
        if (current.GetValueOrDefault(id) == run.Key)
        {
            current.Remove(id);
        }
    }

    /// <summary>Called when nothing is staged: everything here is in the database too.</summary>
    public void Trim(IEnumerable<Run> touched)
    {
        foreach (var run in touched)
        {
            if (run.State.IsOpen || run.HoldsMemory)
            {
                Weigh(run);
            }
            else
            {
                Remove(run);
            }
        }

        for (var node = byUse.First; node is not null && (byUse.Count > MaximumRuns || totalHistoryBytes > MaximumHistoryBytes);)
        {
            var next = node.Next;
            if (!node.Value.HoldsMemory)
            {
                Remove(node.Value);
            }

            node = next;
        }
    }

    /// <summary>Forgets everything, after a transaction failed; whoever waits for a run is sent away.</summary>
    public void Clear()
    {
        foreach (var run in byUse)
        {
            run.Abandon();
        }

        byKey.Clear();
        byUse.Clear();
        historyBytes.Clear();
        totalHistoryBytes = 0;
        current.Clear();
        lastKey = store.LastKey();
    }

    private Run? Read(long key)
    {
        try
        {
            return store.Read(key) is { } stored ? new Run(stored) : null;
        }
        catch (Exception problem) when (problem is not SqliteException)
        {
            if (setAside.Add(key))
            {
                defects.Write(new InvalidDataException($"The run with the key {key} is set aside: {problem.Message}", problem));
            }

            throw RefusedException.Unreadable(
                $"the stored record of this run cannot be read, so it is set aside and nothing moves it: {problem.Message.TrimEnd('.')}. Delete the run, or restore the home from a backup.");
        }
    }

    private void Weigh(Run run)
    {
        totalHistoryBytes += run.State.HistoryBytes - historyBytes.GetValueOrDefault(run.Key);
        historyBytes[run.Key] = run.State.HistoryBytes;
    }
}
