using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lifecycle.Domain;
using Lifecycle.Domain.Schedules;
using Temporalio.Api.Enums.V1;
using Temporalio.Client.Schedules;
using Temporalio.Converters;

namespace Lifecycle.Workflows.Scheduling;

/// <summary>Reads the engine's form of a schedule, wanted or found, into texts that can be compared.</summary>
public static class ScheduleReading
{
    private static readonly TimeSpan ServersCatchUp = TimeSpan.FromDays(365);

    /// <summary>A schedule's configuration.</summary>
    public static async Task<ScheduleSettings> SettingsOfAsync(Schedule schedule)
    {
        ScheduleActionStartWorkflow? action = schedule.Action as ScheduleActionStartWorkflow;
        return new ScheduleSettings
        {
            Starts = action?.Workflow ?? "something else than a workflow",
            Input = await InputAsync(action),
            WorkflowId = action?.Options.Id ?? "",
            TaskQueue = action?.Options.TaskQueue ?? "",
            When = ScheduleTimesText.Of(schedule.Spec),
            TimeZone = string.IsNullOrEmpty(schedule.Spec.TimeZoneName) ? "UTC" : schedule.Spec.TimeZoneName,
            Jitter = DurationNotation.Of(schedule.Spec.Jitter ?? TimeSpan.Zero),
            Overlap = schedule.Policy.Overlap == ScheduleOverlapPolicy.Unspecified ? nameof(ScheduleOverlap.Skip) : schedule.Policy.Overlap.ToString(),
            CatchUp = DurationNotation.Of(schedule.Policy.CatchupWindow ?? ServersCatchUp),
            PauseOnFailure = schedule.Policy.PauseOnFailure ? "yes" : "no",
            LimitedActions = await LimitAsync(schedule.State, action),
            Note = action?.Options.StaticSummary ?? "",
        };
    }

    /// <summary>A schedule as an engine describes it.</summary>
    public static async Task<FoundSchedule> FoundAsync(ScheduleDescription description)
    {
        ScheduleActionResult? last = description.Info.RecentActions.LastOrDefault();
        ScheduleState state = description.Schedule.State;
        return new FoundSchedule(description.Id, await SettingsOfAsync(description.Schedule))
        {
            MadeFor = await MadeForAsync(description.Memo),
            IsPaused = state.Paused,
            OperatorNote = state.Note ?? "",
            RemainingActions = state.LimitedActions ? state.RemainingActions : null,
            NextTimes = [.. description.Info.NextActionTimes.Select(time => new DateTimeOffset(time))],
            LastTime = last is null ? null : new DateTimeOffset(last.ScheduledAt),
            LastWorkflowId = (last?.Action as ScheduleActionExecutionStartWorkflow)?.WorkflowId,
            ActionCount = description.Info.NumActions,
            MissedCount = description.Info.NumActionsMissedCatchupWindow,
            SkippedCount = description.Info.NumActionsSkippedOverlap,
        };
    }

    /// <summary>The model whose definition made a schedule, by the schedule's memo; null when it was made by other hands.</summary>
    public static async Task<string?> MadeForAsync(IReadOnlyDictionary<string, IEncodedRawValue> memo) =>
        memo.TryGetValue(ScheduleIds.ModelMemo, out IEncodedRawValue? model) ? await model.ToValueAsync<string>() : null;

    private static async Task<string> InputAsync(ScheduleActionStartWorkflow? action)
    {
        List<string> inputs = [];
        foreach (object? argument in action?.Args ?? [])
        {
            JsonNode? json = argument is IEncodedRawValue raw
                ? await raw.ToValueAsync<JsonNode?>()
                : JsonSerializer.SerializeToNode(argument, DomainJson.Compact);
            inputs.Add(json?.ToJsonString(DomainJson.Compact) ?? "null");
        }

        return string.Join(", ", inputs);
    }

    private static async Task<string> LimitAsync(ScheduleState state, ScheduleActionStartWorkflow? action)
    {
        if (!state.LimitedActions)
        {
            return "none";
        }

        object? kept = action?.Options.Memo?.GetValueOrDefault(ScheduleIds.LimitMemo);
        int? limit = kept is IEncodedRawValue raw ? await raw.ToValueAsync<int>() : kept as int?;
        return limit?.ToString(CultureInfo.InvariantCulture) ?? "set by hand";
    }
}
