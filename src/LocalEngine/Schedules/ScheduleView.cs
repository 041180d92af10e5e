using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.Schedules.Specs;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Schedules;

/// <summary>A schedule as clients see it.</summary>
internal static class ScheduleView
{
    private const int FutureTimes = 10;
    private const int ListedTimes = 5;
    private const int MaxMatchingTimes = 1_000;

    public static DescribeScheduleResponse Describe(ScheduleState state, DateTimeOffset now) => new()
    {
        Schedule = SetAsideSchedule.Shown(state),
        Info = Info(state, now),
        Memo = Shown(state.Memo),
        SearchAttributes = Shown(state.SearchAttributes),
        ConflictToken = state.ConflictToken,
    };

    public static ScheduleListEntry Entry(ScheduleState state, DateTimeOffset now) => new()
    {
        ScheduleId = state.ScheduleId,
        Memo = Shown(state.Memo),
        SearchAttributes = Shown(state.SearchAttributes),
        Info = new()
        {
            Spec = state.Definition.Spec,
            WorkflowType = state.Definition.Action?.StartWorkflow?.WorkflowType,
            Notes = SetAsideSchedule.Shown(state).State.Notes,
            Paused = state.IsPaused,
            RecentActions = { state.RecentActions.TakeLast(ListedTimes) },
            FutureActionTimes = { Future(state, now, ListedTimes) },
        },
    };

    /// <summary>Actual times after <paramref name="start"/>, up to and with <paramref name="end"/>, at most a thousand.</summary>
    public static IEnumerable<Timestamp> MatchingTimes(ScheduleState state, DateTimeOffset start, DateTimeOffset end) => Times(state)
        .Following(start)
        .TakeWhile(time => time.Actual <= end)
        .Take(MaxMatchingTimes)
        .Select(time => Timestamp.FromDateTimeOffset(time.Actual));

    private static ScheduleInfo Info(ScheduleState state, DateTimeOffset now) => new()
    {
        ActionCount = state.Counts.ActionsTaken,
        MissedCatchupWindow = state.Counts.MissedCatchupWindow,
        OverlapSkipped = state.Counts.OverlapSkipped,
        BufferDropped = state.Counts.BufferDropped,
        BufferSize = state.Buffer.Length,
        RunningWorkflows = { state.Running },
        RecentActions = { state.RecentActions },
        FutureActionTimes = { Future(state, now, FutureTimes) },
        CreateTime = Timestamp.FromDateTimeOffset(state.CreatedAt),
        UpdateTime = state.UpdatedAt is { } updated ? Timestamp.FromDateTimeOffset(updated) : null,
    };

    // A time whose jitter has not run out yet lies before now by its nominal time, so the search starts that much earlier.
    private static IEnumerable<Timestamp> Future(ScheduleState state, DateTimeOffset now, int count)
    {
        if (state.SetAside is not null)
        {
            return [];
        }

        var limit = state.Definition.State is { LimitedActions: true, RemainingActions: var remaining } ? Math.Min(remaining, count) : count;
        var jitter = state.Definition.Spec.Jitter?.ToTimeSpan() ?? TimeSpan.Zero;
        var from = now - jitter;
        return Times(state)
            .Following(from > state.SettledUntil ? from : state.SettledUntil)
            .Where(time => time.Actual > now)
            .Take((int)limit)
            .Select(time => Timestamp.FromDateTimeOffset(time.Actual));
    }

    // Clients tell an absent message from an empty one, and the official server sends none.
    private static Memo? Shown(Memo memo) => memo.Fields.Count == 0 ? null : memo;

    private static SearchAttributes? Shown(SearchAttributes attributes) => attributes.IndexedFields.Count == 0 ? null : attributes;

    private static ScheduleTimes Times(ScheduleState state) => new(state.Definition.Spec, $"{state.Namespace}-{state.ScheduleId}");
}
