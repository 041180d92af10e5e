namespace Lifecycle.Training.Trainers;

/// <summary>Reports each phase of a training when it begins, and again at an interval while it lasts.</summary>
public sealed class Heartbeat : IDisposable
{
    private readonly TimeProvider time;
    private readonly IProgress<TrainingProgress>? progress;
    private readonly long start;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private TrainingProgress at;

    /// <summary>Begins to beat.</summary>
    public Heartbeat(TimeProvider time, IProgress<TrainingProgress>? progress, TimeSpan interval)
    {
        this.time = time;
        this.progress = progress;
        start = time.GetTimestamp();
        timer = time.CreateTimer(_ => Report(), null, interval, interval);
    }

    /// <summary>Begins a phase, unless the training is to stop.</summary>
    /// <exception cref="OperationCanceledException">The training is to stop.</exception>
    public void Enter(TrainingPhase next, CancellationToken cancellation)
    {
        Move(new TrainingProgress(next, TimeSpan.Zero), cancellation);
        Report();
    }

    /// <summary>Another round is done, unless the training is to stop; told at the next interval.</summary>
    /// <param name="done">Rounds that are done.</param>
    /// <param name="wanted">Rounds that there will be at most.</param>
    /// <param name="cancellation">Whether it is to stop.</param>
    /// <param name="loss">The loss after this round, where the trainer looks at it.</param>
    /// <exception cref="OperationCanceledException">The training is to stop.</exception>
    public void Advance(int done, int wanted, CancellationToken cancellation, double? loss = null) =>
        Move(new TrainingProgress(TrainingPhase.Fitting, TimeSpan.Zero, done, wanted, loss), cancellation);

    /// <summary>Falls silent.</summary>
    public void Dispose() => timer.Dispose();

    private void Move(TrainingProgress to, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            at = to;
        }
    }

    private void Report()
    {
        TrainingProgress now;
        lock (gate)
        {
            now = at;
        }

        progress?.Report(now with { Elapsed = time.GetElapsedTime(start) });
    }
}
