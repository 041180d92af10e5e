using System.Collections.Immutable;

namespace Lifecycle.Domain.Schedules;

/// <summary>A schedule as an engine has it: its configuration, what an operator did to it, and what it did.</summary>
/// <param name="Id">Id of the schedule.</param>
/// <param name="Settings">Its configuration.</param>
public sealed record FoundSchedule(string Id, ScheduleSettings Settings)
{
    /// <summary>The model whose definition made it; null when it was made by other hands.</summary>
    public string? MadeFor { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The last note: why it was paused or resumed.</summary>
    public string OperatorNote { get; init; } = "";

    /// <summary>Actions left of a limit; null without one.</summary>
    public long? RemainingActions { get; init; }

    /// <summary>The next times, the soonest first.</summary>
    public ImmutableArray<DateTimeOffset> NextTimes { get; init; } = [];

    /// <summary>Nominal time of the last action; null before the first.</summary>
    public DateTimeOffset? LastTime { get; init; }

    /// <summary>Workflow that the last action started; null before the first.</summary>
    public string? LastWorkflowId { get; init; }

    /// <summary>How many times it acted.</summary>
    public long ActionCount { get; init; }

    /// <summary>How many times came too late after the engine was down.</summary>
    public long MissedCount { get; init; }

    /// <summary>How many times were skipped because the time before was still running.</summary>
    public long SkippedCount { get; init; }
}
