using System.Text.Json;
using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Schedules;
using Lifecycle.LocalEngine.Timers;
using Lifecycle.LocalEngine.Turns;
using Lifecycle.LocalEngine.Visibility;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.Scheduling;

/// <summary>
/// All schedules, in memory as they are in the database, and when each wants to be woken. It belongs to the engine's
/// thread; every step of a schedule is stored by the turn it is taken in, together with the workflows it started.
/// </summary>
internal sealed class ScheduleBook(ScheduleStore store, NamespaceRegistry namespaces) : ITurnParticipant
{
    private readonly Dictionary<ScheduleKey, ScheduleState> schedules = [];
    private readonly DueQueue<ScheduleKey> due = new();

    // A transaction failed: memory is ahead of the database until it is read again.
    private bool isAhead;

    public DateTimeOffset? NextDue => due.Next;

    public ScheduleState? Find(ScheduleKey key)
    {
        ReadAgainIfAhead();
        return schedules.GetValueOrDefault(key);
    }

    /// <summary>Keeps a schedule's state, which <paramref name="step"/> leads from.</summary>
    public void Step(Turn turn, ScheduleState state, Action<ScheduleStep> step)
    {
        var actions = new TurnScheduleActions(turn, state.Namespace, namespaces.Check(state.Namespace));
        var taken = new ScheduleStep(state, turn.Now, actions);
        step(taken);
        Keep(taken.State, taken.WakeAt());
        turn.Write(stores => stores.Schedules.Save(taken.State));
        turn.AfterCommit(() => { }, otherwise: () => isAhead = true);
    }

    public void Delete(Turn turn, ScheduleKey key)
    {
        schedules.Remove(key);
        due.Set(key, null);
        turn.Write(stores => stores.Schedules.Delete(key));
        turn.AfterCommit(() => { }, otherwise: () => isAhead = true);
    }

    public void Restore(Turn turn)
    {
        isAhead = true;
        ReadAgainIfAhead();
        foreach (var (key, state) in schedules)
        {
            var actions = new TurnScheduleActions(turn, key.Namespace, namespaces.Check(key.Namespace));
            due.Set(key, new ScheduleStep(state, turn.Now, actions).WakeAt());
            if (SetAsideSchedule.Refusal(state) is { } refusal)
            {
                turn.Report(refusal);
            }
        }
    }

    public void PassTime(Turn turn)
    {
        var woken = new List<ScheduleKey>();
        while (due.TryTake(turn.Now, out var key))
        {
            woken.Add(key);
        }

        foreach (var state in woken.Select(Find).OfType<ScheduleState>())
        {
            Advance(turn, state);
        }
    }

    public void Closed(Turn turn, Run run)
    {
        if (run.State.SearchAttributes.IndexedFields.TryGetValue(ScheduledStart.ScheduleAttribute, out var origin)
            && EndOfChain(run) is { } closed
            && Find(new(run.State.Namespace, Text(origin))) is { IsStandIn: false } state
            && (state.Running.Any(closed.IsOf) || state.RecentActions.Any(action => closed.IsOf(action.StartWorkflowResult))))
        {
            Step(turn, state, step => step.Close(closed));
        }
    }

    // What one schedule cannot do must not stop the others.
    private void Advance(Turn turn, ScheduleState state)
    {
        var changesBefore = turn.ChangeCount;
        try
        {
            Step(turn, state, step => step.Advance());
        }
        catch (Exception defect) when (turn.ChangeCount == changesBefore)
        {
            turn.Report(defect);
        }
    }

    private void Keep(ScheduleState state, DateTimeOffset? wakeAt)
    {
        var key = new ScheduleKey(state.Namespace, state.ScheduleId);
        schedules[key] = state;
        due.Set(key, wakeAt);
    }

    private void ReadAgainIfAhead()
    {
        if (!isAhead)
        {
            return;
        }

        isAhead = false;
        due.Clear();
        schedules.Clear();
        foreach (var state in store.All())
        {
            schedules[new(state.Namespace, state.ScheduleId)] = state;
        }
    }

    /// <summary>How the chain of a run ended, or null where it goes on in another run.</summary>
    private static ClosedWorkflow? EndOfChain(Run run)
    {
        var last = run.History[^1];
        if (run.State.Status == WorkflowExecutionStatus.ContinuedAsNew || Successor(last).Length > 0)
        {
            return null;
        }

        var first = new WorkflowExecution { WorkflowId = run.State.WorkflowId, RunId = run.State.Started.FirstExecutionRunId };
        return new(first, run.State.Status)
        {
            Result = last.WorkflowExecutionCompletedEventAttributes?.Result,
            Failure = last.WorkflowExecutionFailedEventAttributes?.Failure,
        };
    }

    private static string Successor(HistoryEvent closing) =>
        closing.WorkflowExecutionCompletedEventAttributes?.NewExecutionRunId
        ?? closing.WorkflowExecutionFailedEventAttributes?.NewExecutionRunId
        ?? closing.WorkflowExecutionTimedOutEventAttributes?.NewExecutionRunId
        ?? "";

    private static string Text(Payload payload)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(payload.Data.Span) ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
