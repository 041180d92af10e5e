using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Schedules;
using Lifecycle.Domain.Scoring;
using Lifecycle.Domain.Sensors;
using Lifecycle.Workflows.Launching;
using Lifecycle.Workflows.Scoring;
using Lifecycle.Workflows.Sensing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;

namespace Lifecycle.Workflows.Scheduling;

/// <summary>
/// A model's schedule in the engine's terms. Cron strings go as calendars: engines rewrite them so, and what comes back
/// can be compared.
/// </summary>
public static class WantedSchedule
{
    /// <summary>The schedule that an engine should have.</summary>
    public static Schedule Of(ModelDefinition model, ScheduleDefinition definition) => new(Action(model, definition), Spec(definition))
    {
        Policy = new()
        {
            Overlap = Policy(definition.Overlap),
            CatchupWindow = definition.CatchUp,
            PauseOnFailure = definition.PauseOnFailure,
        },
        State = new()
        {
            Note = definition.Note,
            LimitedActions = definition.LimitedActions is not null,
            RemainingActions = definition.LimitedActions ?? 0,
        },
    };

    private static ScheduleActionStartWorkflow Action(ModelDefinition model, ScheduleDefinition definition)
    {
        (string workflow, string id, object input) = definition.Does switch
        {
            ScheduleDuty.Retrain => (nameof(LaunchRetrainingWorkflow), "launch", (object)Request(model.Name, definition)),
            ScheduleDuty.Watch => ("DriftWatchWorkflow", "watch", new ScheduledModel(model.Name)),
            ScheduleDuty.Score => (nameof(ScheduledScoringWorkflow), "scheduled-score", Batch(model, definition)),
            _ => (nameof(DataSensorWorkflow), "sense", new DataSensorRequest { Model = model.Name }),
        };
        return ScheduleActionStartWorkflow.Create(workflow, [input], new WorkflowOptions($"{id}/{model.Name}/{definition.Id}", TaskQueues.Lifecycle)
        {
            StaticSummary = definition.Note.Length == 0 ? null : definition.Note,
            Memo = definition.LimitedActions is { } limit ? new Dictionary<string, object> { [ScheduleIds.LimitMemo] = limit } : null,
        });
    }

    private static RetrainingRequest Request(string model, ScheduleDefinition definition) => new()
    {
        Model = model,
        Trigger = new() { Kind = TriggerKind.Schedule, RequestedBy = $"schedule {ScheduleIds.Of(model, definition.Id)}", Note = definition.Note },
    };

    private static ScoringRequest Batch(ModelDefinition model, ScheduleDefinition definition) => new()
    {
        Model = model.Name,
        Key = definition.Id,
        Channel = model.Channel,
        Source = new() { BlobPrefix = definition.Rows?.BlobPrefix, WorkerFiles = definition.Rows?.WorkerFiles },
        InputColumn = definition.Rows?.InputColumn,
        IgnoredColumns = definition.Rows?.IgnoredColumns ?? [],
        TimeColumn = definition.Rows?.TimeColumn,
        RequestIdColumn = definition.Rows?.RequestIdColumn,
    };

    private static ScheduleSpec Spec(ScheduleDefinition definition) => new()
    {
        Calendars = (definition.Calendar?.ToTimes() ?? (definition.Cron is { } cron ? CronExpression.Parse(cron) : null)) is { } times ? [Calendar(times)] : [],
        Intervals = definition.Every is { } every ? [new(every, definition.Phase == TimeSpan.Zero ? null : definition.Phase)] : [],
        TimeZoneName = definition.TimeZone,
        Jitter = definition.Jitter == TimeSpan.Zero ? null : definition.Jitter,
    };

    private static ScheduleCalendarSpec Calendar(CalendarTimes times) => new()
    {
        Second = Ranges(times.Seconds),
        Minute = Ranges(times.Minutes),
        Hour = Ranges(times.Hours),
        DayOfMonth = Ranges(times.DaysOfMonth),
        Month = Ranges(times.Months),
        DayOfWeek = Ranges(times.DaysOfWeek),
        Year = times.Years.SetEquals(CalendarField.Year.All) ? [] : Ranges(times.Years),
    };

    private static ScheduleRange[] Ranges(ImmutableSortedSet<int> values) =>
        [.. ValueRange.Cover(values).Select(range => new ScheduleRange(range.Start, range.End, range.Step))];

    private static ScheduleOverlapPolicy Policy(ScheduleOverlap overlap) => overlap switch
    {
        ScheduleOverlap.BufferOne => ScheduleOverlapPolicy.BufferOne,
        ScheduleOverlap.BufferAll => ScheduleOverlapPolicy.BufferAll,
        ScheduleOverlap.CancelOther => ScheduleOverlapPolicy.CancelOther,
        ScheduleOverlap.TerminateOther => ScheduleOverlapPolicy.TerminateOther,
        ScheduleOverlap.AllowAll => ScheduleOverlapPolicy.AllowAll,
        _ => ScheduleOverlapPolicy.Skip,
    };

    private sealed record ScheduledModel(string Model);
}
