using Lifecycle.Training.Trainers;
using Microsoft.Extensions.Time.Testing;

namespace Lifecycle.Models.Tests.Training;

public sealed class HeartbeatTests
{
    [Fact]
    public void Heartbeat_LongPhase_IsReportedAtEveryInterval()
    {
        FakeTimeProvider time = new();
        Recorder progress = new();
        using Heartbeat heartbeat = new(time, progress, TimeSpan.FromSeconds(2));

        heartbeat.Enter(TrainingPhase.Fitting, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([0d, 2d, 4d], progress.Reports.Select(report => report.Elapsed.TotalSeconds));
        Assert.All(progress.Reports, report => Assert.Equal(TrainingPhase.Fitting, report.Phase));
    }

    [Fact]
    public void Heartbeat_RoundsThatAreDone_AreToldAtTheNextInterval()
    {
        FakeTimeProvider time = new();
        Recorder progress = new();
        using Heartbeat heartbeat = new(time, progress, TimeSpan.FromSeconds(2));

        heartbeat.Enter(TrainingPhase.Fitting, CancellationToken.None);
        heartbeat.Advance(1, 300, CancellationToken.None);
        heartbeat.Advance(42, 300, CancellationToken.None, 0.312345678);
        time.Advance(TimeSpan.FromSeconds(2));
        heartbeat.Enter(TrainingPhase.Saving, CancellationToken.None);

        Assert.Equal([(0, 0), (42, 300), (0, 0)], progress.Reports.Select(report => (report.Done, report.Wanted)));
        Assert.Equal(["preparing the first round", "round 42 of 300, loss 0.31235", "saving the model"], progress.Reports.Select(report => report.Sentence));
    }

    [Fact]
    public void Heartbeat_RoundWithoutALoss_SaysTheRoundAlone() =>
        Assert.Equal("round 180 of 500", new TrainingProgress(TrainingPhase.Fitting, TimeSpan.Zero, 180, 500).Sentence);

    [Fact]
    public void Heartbeat_Disposed_FallsSilent()
    {
        FakeTimeProvider time = new();
        Recorder progress = new();
        Heartbeat heartbeat = new(time, progress, TimeSpan.FromSeconds(2));

        heartbeat.Dispose();
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(progress.Reports);
    }

    private sealed class Recorder : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Reports { get; } = [];

        public void Report(TrainingProgress value) => Reports.Add(value);
    }
}
