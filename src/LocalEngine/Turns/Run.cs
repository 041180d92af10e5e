using System.Collections.Immutable;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Persistence;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.Turns;

/// <summary>
/// A run in memory: its state, its history and who waits for it. It belongs to the engine's thread. What changed since
/// the last commit is found by comparison, so many steps of one run in a transaction are written once.
/// </summary>
internal sealed class Run
{
    private readonly List<HistoryEvent> history;
    private ImmutableSortedDictionary<long, PendingActivity> storedActivities = ImmutableSortedDictionary<long, PendingActivity>.Empty;
    private Memo storedMemo;
    private SearchAttributes storedAttributes;
    private int storedEvents;
    private bool isStored;

    /// <summary>A run that begins in this transaction.</summary>
    public Run(long key, string startRequestId, Transition begin)
    {
        (Key, StartRequestId, State) = (key, startRequestId, begin.State);
        (storedMemo, storedAttributes, history) = (State.Memo, State.SearchAttributes, []);
    }

    /// <summary>A run that was read from the database.</summary>
    public Run(StoredRun stored)
    {
        (Key, StartRequestId, State) = (stored.Key, stored.StartRequestId, stored.State);
        (storedMemo, storedAttributes, history) = (State.Memo, State.SearchAttributes, [.. stored.History]);
        MarkStored();
    }

    public long Key { get; }

    public string StartRequestId { get; }

    public RunState State { get; private set; }

    /// <summary>Every event of the run, in order.</summary>
    public IReadOnlyList<HistoryEvent> History => history;

    /// <summary>Queries that wait for the open workflow task, or are with it.</summary>
    public List<PendingQuery> Queries { get; } = [];

    public UpdateWaiters UpdateWaiters { get; } = new();

    /// <summary>Forgetting the run would lose something that is not in the database.</summary>
    public bool HoldsMemory => Queries.Count > 0 || !UpdateWaiters.IsEmpty || State.Updates.Values.Any(update => update.Stage < UpdateStage.Accepted);

    public WorkflowExecution Execution => State.Execution;

    public void Accept(Transition transition)
    {
        State = transition.State with { TransitionCount = State.TransitionCount + 1 };
        history.AddRange(transition.Events);
    }

    /// <summary>Events after <paramref name="eventId"/>.</summary>
    public IEnumerable<HistoryEvent> HistoryAfter(long eventId) => history.Skip((int)eventId);

    public void Save(RunStore store)
    {
        var run = new StoredRun(Key, StartRequestId, State);
        if (!isStored)
        {
            store.Insert(run);
        }
        else
        {
            store.Update(run);
            SaveAttributes(store, run);
        }

        if (history.Count > storedEvents)
        {
            store.Append(Key, history[storedEvents..]);
        }

        SaveActivities(store);
    }

    /// <summary>What was saved is committed.</summary>
    public void MarkStored()
    {
        isStored = true;
        storedEvents = history.Count;
        storedActivities = State.Activities;
        (storedMemo, storedAttributes) = (State.Memo, State.SearchAttributes);
    }

    /// <summary>The run is forgotten: whoever waits looks again and finds what the database holds.</summary>
    public void Abandon()
    {
        Queries.ForEach(query => query.Abandon());
        UpdateWaiters.WakeAll();
    }

    private void SaveAttributes(RunStore store, StoredRun run)
    {
        if (!ReferenceEquals(storedMemo, State.Memo) || !ReferenceEquals(storedAttributes, State.SearchAttributes))
        {
            store.UpdateAttributes(run);
        }
    }

    private void SaveActivities(RunStore store)
    {
        if (ReferenceEquals(storedActivities, State.Activities))
        {
            return;
        }

        foreach (var gone in storedActivities.Keys.Where(scheduledEventId => !State.Activities.ContainsKey(scheduledEventId)))
        {
            store.RemoveActivity(Key, gone);
        }

        foreach (var activity in State.Activities.Values)
        {
            if (!storedActivities.TryGetValue(activity.ScheduledEventId, out var stored) || !ReferenceEquals(stored, activity))
            {
                store.SaveActivity(Key, activity);
            }
        }
    }
}
