using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Schedules.Specs;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Schedules;

/// <summary>
/// A stored schedule that cannot be acted upon is set aside with its reason, and all others go on. An update mends it, a delete
/// removes it; where a time zone came back, the next start does.
/// </summary>
internal static class SetAsideSchedule
{
    /// <summary>What the note of such a schedule begins with, as clients see it.</summary>
    public const string Mark = "set aside: ";

    private const string Unreadable = "unreadable";

    /// <summary>The state, set aside where its times cannot be computed.</summary>
    public static ScheduleState Check(ScheduleState state)
    {
        try
        {
            new ScheduleTimes(state.Definition.Spec, state.ScheduleId).NextAfter(state.SettledUntil);
            ScheduleDefinition.CatchupWindow(state.Definition);
            return state;
        }
        catch (Exception problem)
        {
            return state with { SetAside = problem.Message };
        }
    }

    /// <summary>What stands for a record that cannot be read.</summary>
    public static ScheduleState StandIn(ScheduleKey key, Exception problem) => new()
    {
        Namespace = key.Namespace,
        ScheduleId = key.ScheduleId,
        CreatedAt = DateTimeOffset.UnixEpoch,
        SettledUntil = DateTimeOffset.UnixEpoch,
        SetAside = $"the stored record cannot be read: {problem.Message}",
        IsStandIn = true,
        Definition = new()
        {
            Spec = new(),
            Policies = new() { OverlapPolicy = Temporalio.Api.Enums.V1.ScheduleOverlapPolicy.Skip, CatchupWindow = new() { Seconds = 10 } },
            State = new(),
            Action = new()
            {
                StartWorkflow = new() { WorkflowId = key.ScheduleId, WorkflowType = new() { Name = Unreadable }, TaskQueue = new() { Name = Unreadable } },
            },
        },
    };

    /// <summary>The definition as clients see it: paused, with the reason as its note.</summary>
    public static Schedule Shown(ScheduleState state)
    {
        if (state.SetAside is not { } reason)
        {
            return state.Definition;
        }

        var shown = state.Definition.Clone();
        (shown.State.Paused, shown.State.Notes) = (true, Mark + reason);
        return shown;
    }

    /// <summary>The refusal of what only a schedule that can act can do; null where this one can.</summary>
    public static RefusedException? Refusal(ScheduleState state) => state.SetAside is null ? null
        : RefusedException.Unreadable($"schedule {state.ScheduleId} is {Mark}{state.SetAside.TrimEnd('.')}. Update it to mend it, or delete it.");
}
