using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Timers;
using Lifecycle.LocalEngine.Turns;

namespace Lifecycle.LocalEngine.Loop;

/// <summary>Wakes the engine when the earliest deadline of any run or participant has come.</summary>
internal sealed class EngineClock : IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);
    private readonly DueQueue<long> runs = new();
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private DateTimeOffset? armedFor;

    public EngineClock(TimeProvider time, Action wake)
    {
        this.time = time;
        timer = time.CreateTimer(_ => wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IReadOnlyList<ITurnParticipant> Participants { get; set; } = [];

    /// <summary>While set, nothing else wakes the engine before this instant.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    public void Set(Run run) => runs.Set(run.Key, Deadlines.Next(run.State));

    public void Set(long key, DateTimeOffset? due) => runs.Set(key, due);

    public void Clear() => runs.Clear();

    public DateTimeOffset Now() => time.GetUtcNow();

    /// <summary>Takes a run whose deadline has come.</summary>
    public bool TryTake(DateTimeOffset now, out long key)
    {
        armedFor = null;
        return runs.TryTake(now, out key);
    }

    /// <summary>Sets the alarm for the earliest deadline, unless it is set for it already.</summary>
    public void Arm()
    {
        var next = NotBefore ?? Participants.Aggregate(runs.Next, (earliest, participant) => ProtocolTime.Earliest(earliest, participant.NextDue));
        if (next == armedFor)
        {
            return;
        }

        armedFor = next;
        timer.Change(next is { } due ? Sleep(due - time.GetUtcNow()) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();

    // A timer counts whole milliseconds: one that wakes early would find nothing due.
    private static TimeSpan Sleep(TimeSpan span) => span <= TimeSpan.Zero
        ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(span.TotalMilliseconds, LongestSleep.TotalMilliseconds)));
}
