using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Schedules;

/// <summary>
/// An action that is due and waits for its turn. <see cref="Nominal"/> names the workflow it will start;
/// an unspecified policy means the schedule's own, looked up when its turn comes.
/// </summary>
/// <param name="Nominal">The time that matched the spec, or that a trigger asked for.</param>
/// <param name="Actual">The nominal time with its jitter.</param>
/// <param name="Overlap">What to do while the schedule's last workflow is still running.</param>
/// <param name="IsManual">Triggered or backfilled: neither a pause nor the limit of actions holds it back.</param>
internal sealed record BufferedStart(DateTimeOffset Nominal, DateTimeOffset Actual, ScheduleOverlapPolicy Overlap, bool IsManual);

/// <summary>The part of a backfill that is not buffered yet: times after <paramref name="From"/>, up to and with <paramref name="To"/>.</summary>
internal sealed record PendingBackfill(DateTimeOffset From, DateTimeOffset To, ScheduleOverlapPolicy Overlap);
