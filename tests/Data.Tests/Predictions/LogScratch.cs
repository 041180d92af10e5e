using System.Collections.Immutable;
using Lifecycle.Data.Predictions;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Tests.Predictions;

/// <summary>A prediction log in a scratch folder.</summary>
internal sealed class LogScratch : IDisposable
{
    public static readonly DateTimeOffset Day = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly WatchWindow Window = new("2024-03-01T00:00Z-1d", Day, Day.AddDays(1), Day.AddDays(1).AddHours(2));

    private readonly List<LogPart> predictions = [];
    private readonly List<LogPart> labels = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    public static PredictionRow Row(string id, double hour, double? knownHour = null) => new()
    {
        Time = Day.AddHours(hour),
        KnownTime = Day.AddHours(knownHour ?? hour),
        RequestId = id,
        ModelDigest = new string('a', 64),
        ChannelVersion = 3,
        Input = $"{id}.example",
        Prediction = 0.5f,
        LatencyMicroseconds = 27,
    };

    public static LabelRow Label(string? id, int label, double knownHour, string? input = null) =>
        new() { RequestId = id, Input = input, Label = label, KnownTime = Day.AddHours(knownHour), Source = "desk" };

    public LogScratch Add(params PredictionRow[] rows)
    {
        predictions.AddRange(LogParts.WritePredictions(rows, Folder, new DataLimits()));
        return this;
    }

    public LogScratch Add(params LabelRow[] rows)
    {
        labels.AddRange(LogParts.WriteLabels(rows, Folder, new DataLimits()));
        return this;
    }

    public WindowParts Parts() => new([.. predictions.Select(part => part.Path)], [.. labels.Select(part => part.Path)]);

    public WindowRows Read(DateTimeOffset? asOf = null, WindowParts? parts = null) =>
        PredictionWindow.Write(parts ?? Parts(), Window, asOf, WindowPath, new DataLimits());

    public string WindowPath => Path.Combine(Folder, "window.parquet");

    /// <summary>One expression for each row of the window read last.</summary>
    public ImmutableArray<string> Values(string expression)
    {
        using DuckSession session = DuckSession.Open(new DataLimits(), [Folder], Folder, CancellationToken.None);
        return session.Rows($"SELECT ({expression})::VARCHAR FROM read_parquet({Sql.Literal(WindowPath)})", row => row.IsDBNull(0) ? "null" : row.GetString(0));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
