using Lifecycle.Client.Following;

namespace Lifecycle.Cli.Tests.Following;

public sealed class ToldProgressTests
{
    private static readonly WaitingReason NoWorker = new WaitingReason.NoWorker("training", "TakeSnapshot");
    private readonly List<string> lines = [];
    private readonly HandClock clock = new();

    [Theory]
    [InlineData(0, false)]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(3600, true)]
    public void Silence_OfTenSeconds_AsksForAReason(int seconds, bool isSilent)
    {
        ToldProgress told = new(lines.Add, "retrain/sample", clock);
        told.Tell("Snapshot ...");
        clock.Advance(seconds);
        Assert.Equal(isSilent, told.IsSilent);
    }

    [Fact]
    public void Reason_ThatStays_IsSaidOnceUntilItsReminder()
    {
        ToldProgress told = new(lines.Add, "retrain/sample", clock);
        for (int looks = 0; looks < 29; looks++)
        {
            clock.Advance(10);
            told.Explain(NoWorker);
        }

        Assert.Equal($"retrain/sample: {NoWorker.Sentence}", Assert.Single(lines));
        clock.Advance(100);
        told.Explain(NoWorker);
        Assert.Equal(2, lines.Count);
    }

    [Fact]
    public void Reason_ThatChanges_IsSaidAtOnce_AndAgainAfterProgress()
    {
        ToldProgress told = new(lines.Add, "retrain/sample", clock);
        told.Explain(NoWorker);
        told.Explain(new WaitingReason.Retries("TakeSnapshot", 2, "503"));
        told.Explain(new WaitingReason.Retries("TakeSnapshot", 3, "503"));
        told.Explain(new WaitingReason.Retries("TakeSnapshot", 4, "no route"));
        told.Tell("Snapshot done");
        told.Explain(NoWorker);
        Assert.Equal(
            [
                $"retrain/sample: {NoWorker.Sentence}", "retrain/sample: TakeSnapshot is tried again, attempt 2: 503",
                "retrain/sample: TakeSnapshot is tried again, attempt 4: no route", "Snapshot done", $"retrain/sample: {NoWorker.Sentence}",
            ],
            lines);
    }

    private sealed class HandClock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => now;

        public void Advance(int seconds) => now += seconds;
    }
}
