namespace Lifecycle.Domain.Schedules;

/// <summary>
/// One schedule of a model: what it starts, and when. Exactly one of <see cref="Calendar"/>, <see cref="Cron"/> and
/// <see cref="Every"/> is given. <c>lifecycle schedule apply</c> makes the engine's schedules match.
/// </summary>
public sealed record ScheduleDefinition
{
    /// <summary>Name of the schedule, unique in its model; the engine knows it as <c>&lt;model&gt;/&lt;id&gt;</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it starts.</summary>
    public required ScheduleDuty Does { get; init; }

    /// <summary>What is scored; given with <see cref="ScheduleDuty.Score"/>, and with nothing else.</summary>
    public ScheduledRows? Rows { get; init; }

    /// <summary>Dates and times of the wall clock.</summary>
    public CalendarDefinition? Calendar { get; init; }

    /// <summary>The same in cron's notation: minute, hour, day of month, month, day of week; see <see cref="CronExpression"/>.</summary>
    public string? Cron { get; init; }

    /// <summary>A fixed interval, counted from the Unix epoch.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Shift of an interval's times, below <see cref="Every"/>; none unless told.</summary>
    public TimeSpan Phase { get; init; }

    /// <summary>
    /// IANA name of the zone whose wall clock counts, letter for letter; UTC unless told. A time that a clock change leaves out does not
    /// happen that day; one that it repeats happens twice with the embedded engine, and with a Temporal server
    /// once in zones east of Greenwich. Intervals do not ask for it.
    /// </summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Longest random delay of a start, so that many schedules do not start at once; none unless told.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>What happens when a time comes while the workflow of the time before is still running.</summary>
    public ScheduleOverlap Overlap { get; init; } = ScheduleOverlap.Skip;

    /// <summary>
    /// How late a start may be after the engine was down; later ones are missed. Three days unless told: longer than a
    /// weekend, and short enough that a restored backup does not start a season's work at once (a server left to itself
    /// would catch up a year). A quarterly schedule wants more.
    /// </summary>
    public TimeSpan CatchUp { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Whether the schedule pauses itself when a workflow that it started fails.</summary>
    public bool PauseOnFailure { get; init; }

    /// <summary>How many times it acts before it stops for good; no limit unless told.</summary>
    public int? LimitedActions { get; init; }

    /// <summary>A sentence for people: the summary of what it starts, and its first note.</summary>
    public string Note { get; init; } = "";
}

/// <summary>What a schedule starts.</summary>
public enum ScheduleDuty
{
    /// <summary>A RetrainingRun, through the launcher.</summary>
    Retrain,

    /// <summary>A look at the newest window for drift.</summary>
    Watch,

    /// <summary>A batch scoring of <see cref="ScheduleDefinition.Rows"/> with the live model.</summary>
    Score,

    /// <summary>A look at the model's sensors for new data.</summary>
    Sense,
}

/// <summary>What happens when a time comes while the workflow of the time before is still running.</summary>
public enum ScheduleOverlap
{
    /// <summary>The time is skipped.</summary>
    Skip,

    /// <summary>It starts when the running one is done; of several that wait, the first.</summary>
    BufferOne,

    /// <summary>All that wait start one after the other.</summary>
    BufferAll,

    /// <summary>The running one is cancelled, then it starts.</summary>
    CancelOther,

    /// <summary>The running one is terminated, then it starts.</summary>
    TerminateOther,

    /// <summary>It starts beside the running one.</summary>
    AllowAll,
}
