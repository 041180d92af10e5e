using System.Collections.Immutable;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Schemas;
using static Lifecycle.Data.Tests.Predictions.LogScratch;

namespace Lifecycle.Data.Tests.Predictions;

public sealed class WindowTrafficTests : IDisposable
{
    private static readonly string Model = new('a', 64);
    private readonly LogScratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Traffic_OfAModel_HoldsWhatItAnswered_RefusedAndLabelledToo()
    {
        scratch.Add(
            Row("answered", 1),
            Row("refused", 2) with { Prediction = null, Refusal = "no host", LatencyMicroseconds = null },
            Row("another model's", 3) with { ModelDigest = new string('b', 64) },
            Row("nobody's", 4) with { ModelDigest = null }).Add(Label("answered", 1, 5)).Read();

        TrafficRow[] rows = [.. Read().OrderBy(row => row.Input, StringComparer.Ordinal)];

        Assert.Equal([new("answered.example", false, 27, 1), new("refused.example", true, null, null)], rows);
    }

    [Fact]
    public void Traffic_ReadAgain_ComesInTheSameOrder()
    {
        scratch.Add([.. Enumerable.Range(0, 500).Select(id => Row($"r{id}", id % 24))]).Read();

        Assert.Equal(Read(), Read());
    }

    private ImmutableArray<TrafficRow> Read() => WindowTraffic.Read(scratch.WindowPath, Model, new Target.Binary(), new DataLimits(), TestContext.Current.CancellationToken);
}
