using Lifecycle.Data.Predictions;
using Lifecycle.Data.Tables;
using Lifecycle.Domain;
using static Lifecycle.Data.Tests.Predictions.LogScratch;

namespace Lifecycle.Data.Tests.Predictions;

public sealed class LogPartsTests : IDisposable
{
    private readonly LogScratch scratch = new();

    [Fact]
    public void WritePredictions_OfTwoDays_MakesAPartForEach_NamedByItsDigest()
    {
        IReadOnlyList<LogPart> parts = LogParts.WritePredictions([Row("b", 25), Row("a", 1), Row("c", 26)], scratch.Folder, new DataLimits());
        Assert.Equal([(new DateOnly(2024, 3, 1), 1L), (new DateOnly(2024, 3, 2), 2L)], parts.Select(part => (part.Day, part.RowCount)));
        Assert.All(parts, part => Assert.Equal($"{Sha256Digest.OfFile(part.Path)}.parquet", Path.GetFileName(part.Path)));
        Assert.All(parts, part => Assert.Equal(part.Sha256, Sha256Digest.OfFile(part.Path)));
    }

    [Fact]
    public void WritePredictions_OfTheSameRowsInAnotherOrder_IsTheSamePart()
    {
        PredictionRow[] rows = [.. Enumerable.Range(0, 500).Select(i => Row($"r{i}", i / 25.0))];
        LogPart part = Assert.Single(LogParts.WritePredictions(rows, scratch.Folder, new DataLimits()));
        new Random(5).Shuffle(rows);
        Assert.Equal(part, Assert.Single(LogParts.WritePredictions(rows, scratch.Folder, new DataLimits { Threads = 1 })));
    }

    [Fact]
    public void WritePredictions_OfEveryKindOfValue_KeepsIt()
    {
        PredictionRow odd = Row("odd", 1) with
        {
            Time = Day.AddTicks(12345670), ModelDigest = null, ChannelVersion = null, Input = "ünïcode '\"\n", Features = [0f, 1.5f],
            Prediction = null, Refusal = "no host name", LatencyMicroseconds = null,
        };
        LogPart part = Assert.Single(LogParts.WritePredictions([odd], scratch.Folder, new DataLimits()));
        using DuckSession session = DuckSession.Open(new DataLimits(), [scratch.Folder], scratch.Folder, CancellationToken.None);
        string found = session.Scalar<string>($"SELECT to_json(r)::VARCHAR FROM read_parquet('{part.Path}') r")!;
        Assert.Contains("\"time\":\"2024-03-01 00:00:01.234567\"", found);
        Assert.Contains("\"input\":\"ünïcode '\\\"\\n\"", found);
        Assert.Contains("\"features\":[0.0,1.5],\"prediction\":null,\"refusal\":\"no host name\",\"latency_microseconds\":null", found);
    }

    [Fact]
    public void WriteLabels_ByTheDayTheyBecameKnown_MakesAPartForEach() => Assert.Equal(
        [new DateOnly(2024, 3, 2), new DateOnly(2024, 4, 30)],
        LogParts.WriteLabels([Label("a", 1, 30), Label("b", 0, 24 * 60)], scratch.Folder, new DataLimits()).Select(part => part.Day));

    [Fact]
    public void WritePredictions_OfNoRows_MakesNoPart() => Assert.Empty(LogParts.WritePredictions([], scratch.Folder, new DataLimits()));

    public void Dispose() => scratch.Dispose();
}
