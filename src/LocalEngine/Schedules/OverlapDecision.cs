using System.Collections.Immutable;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Schedules;

/// <summary>
/// What the overlap policies make of the buffered starts while the last workflow runs or not. Any mix of policies gives
/// a defined answer.
/// </summary>
internal sealed record OverlapDecision
{
    /// <summary>Starts that overlap with anything: all at once.</summary>
    public ImmutableArray<BufferedStart> Overlapping { get; private init; } = [];

    /// <summary>The one start that goes next, or null.</summary>
    public BufferedStart? Next { get; private init; }

    /// <summary>Starts that go on waiting.</summary>
    public ImmutableArray<BufferedStart> Remaining { get; private init; } = [];

    public bool CancelRunning { get; private init; }

    /// <summary>Overrides <see cref="CancelRunning"/>.</summary>
    public bool TerminateRunning { get; private init; }

    public int Skipped { get; private init; }

    public static OverlapDecision Of(
        ImmutableArray<BufferedStart> buffer, bool isRunning, Func<ScheduleOverlapPolicy, ScheduleOverlapPolicy> resolve)
    {
        var decision = buffer.Aggregate(new OverlapDecision(), (soFar, start) => soFar.With(start, isRunning, resolve(start.Overlap)));

        // A cancelled or terminated workflow would take those with it, so they are not started in vain.
        return decision.CancelRunning || decision.TerminateRunning ? decision with { Overlapping = [] } : decision;
    }

    private OverlapDecision With(BufferedStart start, bool isRunning, ScheduleOverlapPolicy policy) => policy switch
    {
        ScheduleOverlapPolicy.AllowAll => this with { Overlapping = Overlapping.Add(start) },
        _ when !isRunning && Next is null => this with { Next = start },
        ScheduleOverlapPolicy.BufferAll => Waiting(start),
        ScheduleOverlapPolicy.BufferOne when Remaining.IsEmpty => Waiting(start),
        ScheduleOverlapPolicy.CancelOther when isRunning => Waiting(start) with { CancelRunning = true },
        ScheduleOverlapPolicy.TerminateOther when isRunning => Waiting(start) with { TerminateRunning = true },
        ScheduleOverlapPolicy.CancelOther or ScheduleOverlapPolicy.TerminateOther => this with { Next = start },
        _ => this with { Skipped = Skipped + 1 },
    };

    private OverlapDecision Waiting(BufferedStart start) => this with { Remaining = Remaining.Add(start) };
}
