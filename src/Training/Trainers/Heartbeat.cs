namespace Lifecycle.Training.Trainers;

/// <summary>Reports each phase of a training when it begins, and again at an interval while it lasts.</summary>
internal sealed class Heartbeat : IDisposable
{
    private readonly TimeProvider time;
    private readonly IProgress<TrainingProgress>? progress;
    private readonly long start;
    private readonly ITimer timer;
    private volatile int phase;

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
        cancellation.ThrowIfCancellationRequested();
        phase = (int)next;
        Report();
    }

    public void Dispose() => timer.Dispose();

    private void Report() => progress?.Report(new TrainingProgress((TrainingPhase)phase, time.GetElapsedTime(start)));
}
