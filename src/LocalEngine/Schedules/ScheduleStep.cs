using System.Collections.Immutable;
using Lifecycle.LocalEngine.Schedules.Specs;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Schedules;

/// <summary>
/// One step of one schedule: built from the state before, the time and the means to act, it holds the state after.
/// Reads no clock and keeps nothing, so a step whose transaction fails never happened.
/// Every entry settles the times that have passed first, then does what it came for, then takes the actions that are due.
/// </summary>
internal sealed class ScheduleStep(ScheduleState before, DateTimeOffset now, IScheduleActions actions)
{
    /// <summary>How many starts may wait; more are dropped and counted.</summary>
    public const int MaxBuffer = 1_000;

    private const int BackfillsAStep = 100;

    public ScheduleState State { get; private set; } = before;

    private Schedule Definition => State.Definition;

    /// <summary>When the schedule wants its next step, or null where only a client or a closing workflow can move it.</summary>
    public DateTimeOffset? WakeAt()
    {
        if (State.SetAside is not null)
        {
            return null;
        }

        if (State.Backfills.Any(backfill => IsAllowAll(backfill.Overlap)) || (!State.Backfills.IsEmpty && State.Buffer.IsEmpty))
        {
            return now;
        }

        return ScheduleDefinition.MayAct(Definition) ? Times().NextAfter(State.SettledUntil)?.Actual : null;
    }

    /// <summary>Time has passed.</summary>
    public void Advance()
    {
        SettleTimes();
        TakeActions();
    }

    /// <summary>A client triggers, backfills, pauses or resumes.</summary>
    public void Patch(SchedulePatch? patch)
    {
        SettleTimes();
        if (patch?.TriggerImmediately is { } trigger)
        {
            var time = trigger.ScheduledTime?.ToDateTimeOffset() ?? now;
            Enqueue(new(time, time, trigger.OverlapPolicy, IsManual: true));
        }

        // A backfill's start is itself a time to fill; times are otherwise looked for after a moment.
        State = State with
        {
            Backfills = State.Backfills.AddRange(patch?.BackfillRequest.Select(request => new PendingBackfill(
                request.StartTime.ToDateTimeOffset().AddMilliseconds(-1), request.EndTime.ToDateTimeOffset(), request.OverlapPolicy)) ?? []),
        };
        SetPaused(patch?.Pause, paused: true);
        SetPaused(patch?.Unpause, paused: false);
        TakeActions();
    }

    /// <summary>A client replaces the definition; search attributes stay where none are given.</summary>
    public void Update(Schedule completed, SearchAttributes? searchAttributes, Memo? memo)
    {
        SettleTimes();
        State = State with
        {
            SetAside = null,
            IsStandIn = false,
            SettledUntil = State.SetAside is null ? State.SettledUntil : now,
            Definition = completed,
            SearchAttributes = searchAttributes ?? State.SearchAttributes,
            Memo = memo ?? State.Memo,
            UpdatedAt = now,
            Revision = State.Revision + 1,
        };
        TakeActions();
    }

    /// <summary>The chain of a workflow that the schedule started has closed.</summary>
    public void Close(ClosedWorkflow closed)
    {
        SettleTimes();
        State = State with { RecentActions = [.. State.RecentActions.Select(action => closed.Settle(action))] };
        if (State.Running.FirstOrDefault(closed.IsOf) is { } running)
        {
            State = State with
            {
                Running = State.Running.Remove(running),
                LastCompletionResult = closed.Result ?? State.LastCompletionResult,
                LastFailure = closed.Result is not null ? null : closed.Failure ?? State.LastFailure,
            };
            if (Definition.Policies.PauseOnFailure && !State.IsPaused)
            {
                SetPaused(closed.PauseReason(), paused: true);
            }
        }

        TakeActions();
    }

    private ScheduleTimes Times() => new(Definition.Spec, $"{State.Namespace}-{State.ScheduleId}");

    private bool IsAllowAll(ScheduleOverlapPolicy own) => ScheduleDefinition.Overlap(Definition, own) == ScheduleOverlapPolicy.AllowAll;

    private void SettleTimes()
    {
        if (State.SetAside is not null)
        {
            return;
        }

        if (!ScheduleDefinition.MayAct(Definition))
        {
            State = State with { SettledUntil = now > State.SettledUntil ? now : State.SettledUntil };
            return;
        }

        var window = ScheduleDefinition.CatchupWindow(Definition);
        foreach (var time in Times().Following(State.SettledUntil).TakeWhile(time => time.Actual <= now))
        {
            State = State with { SettledUntil = time.Actual };
            if (time.Actual < State.UpdatedAt)
            {
                continue;
            }

            if (now - time.Actual > window)
            {
                Count(counts => counts with { MissedCatchupWindow = counts.MissedCatchupWindow + 1 });
                continue;
            }

            Enqueue(new(time.Nominal, time.Actual, ScheduleOverlapPolicy.Unspecified, IsManual: false));
        }
    }

    private void TakeActions()
    {
        if (State.SetAside is not null)
        {
            return;
        }

        BufferBackfills();
        while (TakeDueActions())
        {
            // A start that was barred, or held back by a pause, makes room for the next one.
        }
    }

    private void BufferBackfills()
    {
        var allowance = BackfillsAStep;
        while (allowance > 0 && State.Backfills is [var backfill, ..] && State.Buffer.Length < MaxBuffer / 2)
        {
            var time = Times().NextAfter(backfill.From);
            if (time is not { } due || due.Actual > backfill.To)
            {
                State = State with { Backfills = State.Backfills.RemoveAt(0) };
                continue;
            }

            Enqueue(new(due.Nominal, due.Actual, backfill.Overlap, IsManual: true));
            State = State with { Backfills = State.Backfills.SetItem(0, backfill with { From = due.Actual }) };
            allowance--;
        }
    }

    private void Enqueue(BufferedStart start)
    {
        if (State.Buffer.Length >= MaxBuffer)
        {
            Count(counts => counts with { BufferDropped = counts.BufferDropped + 1 });
            return;
        }

        State = State with { Buffer = State.Buffer.Add(start) };
    }

    /// <summary>True where another pass may find more to do.</summary>
    private bool TakeDueActions()
    {
        if (State.Buffer.IsEmpty)
        {
            return false;
        }

        var decision = OverlapDecision.Of(State.Buffer, !State.Running.IsEmpty, own => ScheduleDefinition.Overlap(Definition, own));
        State = State with { Buffer = decision.Remaining };
        Count(counts => counts with { OverlapSkipped = counts.OverlapSkipped + decision.Skipped });
        var allTaken = true;
        foreach (var start in decision.Next is null ? decision.Overlapping : decision.Overlapping.Add(decision.Next))
        {
            allTaken &= TryTake(start, isTracked: ReferenceEquals(start, decision.Next));
        }

        StopRunning(decision);
        return !allTaken;
    }

    private void StopRunning(OverlapDecision decision)
    {
        foreach (var running in State.Running)
        {
            if (decision.TerminateRunning)
            {
                actions.Terminate(running, "terminated by schedule overlap policy", ScheduledStart.Identity(State));
            }
            else if (decision.CancelRunning)
            {
                actions.Cancel(running, "cancelled by schedule overlap policy", ScheduledStart.Identity(State));
            }
        }
    }

    private bool TryTake(BufferedStart start, bool isTracked)
    {
        if (!start.IsManual && !ScheduleDefinition.MayAct(Definition))
        {
            return false;
        }

        UseUpAction(start);
        var request = ScheduledStart.Request(State, start);
        if (actions.Start(request) is not { } runId)
        {
            return false;
        }

        var execution = new WorkflowExecution { WorkflowId = request.WorkflowId, RunId = runId };
        var taken = ClosedWorkflow.Taken(execution, start.Actual, now);
        State = State with
        {
            Running = isTracked ? State.Running.Add(execution) : State.Running,
            RecentActions = [.. State.RecentActions.Append(taken).TakeLast(ScheduleState.MaxRecentActions)],
        };
        Count(counts => counts with { ActionsTaken = counts.ActionsTaken + 1 });
        return true;
    }

    private void UseUpAction(BufferedStart start)
    {
        if (!start.IsManual && Definition.State.LimitedActions)
        {
            ChangeState(state => state.RemainingActions--);
        }
    }

    private void SetPaused(string? note, bool paused)
    {
        if (!string.IsNullOrEmpty(note))
        {
            ChangeState(state => (state.Paused, state.Notes) = (paused, note));
        }
    }

    private void ChangeState(Action<Temporalio.Api.Schedule.V1.ScheduleState> change)
    {
        var changed = Definition.Clone();
        change(changed.State);
        State = State with { Definition = changed, Revision = State.Revision + 1 };
    }

    private void Count(Func<ScheduleCounts, ScheduleCounts> change) => State = State with { Counts = change(State.Counts) };
}
