using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;

namespace Lifecycle.ServingFigures;

/// <summary>How long a day of traffic with its labels takes to read: 3,000,000 requests in 30 parts, a tenth labelled.</summary>
internal static class WindowMeasurement
{
    private const int PartCount = 30;
    private const int RowsOfAPart = 100_000;

    private static readonly DateTimeOffset Day = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the parts, reads the window, and prints both times.</summary>
    public static void Measure(string folder)
    {
        long start = Stopwatch.GetTimestamp();
        ImmutableArray<string> predictions = [.. Enumerable.Range(0, PartCount).SelectMany(part => LogParts.WritePredictions(Rows(part), folder, new DataLimits())).Select(part => part.Path)];
        ImmutableArray<string> labels = [.. LogParts.WriteLabels(Labels(), folder, new DataLimits()).Select(part => part.Path)];
        double writing = Stopwatch.GetElapsedTime(start).TotalSeconds;
        WatchWindow window = new WindowCalendar(TimeSpan.FromDays(1), TimeSpan.Zero).Containing(Day);
        start = Stopwatch.GetTimestamp();
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        WindowRows rows = PredictionWindow.Write(new WindowParts(predictions, labels), window, Day.AddDays(90), Path.Combine(folder, "window.parquet"), new DataLimits());
        double reading = Stopwatch.GetElapsedTime(start).TotalSeconds;
        processor = Process.GetCurrentProcess().TotalProcessorTime - processor;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.RowCount:N0} rows, {rows.LabelledCount:N0} labelled: written in {writing:0.0} s, read as a window of {rows.Rows.Bytes / 1e6:0.0} MB in {reading:0.0} s ({processor.TotalSeconds:0.0} s of processor); peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
    }

    private static PredictionRow[] Rows(int part) => [.. Enumerable.Range(0, RowsOfAPart).Select(i => new PredictionRow
    {
        Time = Day.AddMilliseconds(((part * RowsOfAPart) + i) % 86_400 * 1000),
        KnownTime = Day.AddHours(1 + (part % 23)),
        RequestId = string.Create(CultureInfo.InvariantCulture, $"request-{part}-{i}"),
        ModelDigest = "f7c1ebc2851df7c1ebc2851df7c1ebc2851df7c1ebc2851df7c1ebc2851df7c1",
        ChannelVersion = 2,
        Input = string.Create(CultureInfo.InvariantCulture, $"host{i * 7919 % 1_000_003}.example"),
        Prediction = i % 1000 / 1000f,
    })];

    private static LabelRow[] Labels() => [.. Enumerable.Range(0, PartCount * RowsOfAPart / 10).Select(i => new LabelRow
    {
        RequestId = string.Create(CultureInfo.InvariantCulture, $"request-{i / (RowsOfAPart / 10)}-{i % (RowsOfAPart / 10) * 10}"),
        Label = i % 2,
        KnownTime = Day.AddDays(60),
        Source = "desk",
    })];
}
