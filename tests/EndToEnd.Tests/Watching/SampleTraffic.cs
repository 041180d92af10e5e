using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Data.Rows;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Training;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Serving.Logging;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Watching;

/// <summary>What a day of the sample model's traffic is like.</summary>
internal enum TrafficKind
{
    /// <summary>As the model was trained.</summary>
    Usual,

    /// <summary>The same hosts, with the opposite labels: the worst of all concept drifts.</summary>
    Contrary,

    /// <summary>The opposite labels on hosts that end in .io alone.</summary>
    ContraryOnIo,

    /// <summary>No hosts at all: a broken batch.</summary>
    Broken,

    /// <summary>A broken batch of which every other row is a host, with the opposite label.</summary>
    HalfBroken,

    /// <summary>One host, over and over.</summary>
    Equal,

    /// <summary>Two hosts, by turns.</summary>
    TwoHosts,

    /// <summary>As the model was trained, and every label is 1.</summary>
    OneClass,

    /// <summary>Hosts with numbers longer than any that the model was trained on.</summary>
    LongNumbers,

    /// <summary>A single request.</summary>
    OneRow,
}

/// <summary>Writes days of GENERATED traffic into the log: requests for the Holdout's hosts, whose labels are known at once.</summary>
internal sealed class SampleTraffic(IBlobStore store, string folder)
{
    private readonly PredictionParts log = new(store, Path.Combine(folder, "traffic"));

    /// <summary>The day's window.</summary>
    public static WatchWindow Day(int day) =>
        new WindowCalendar(TimeSpan.FromDays(1), TimeSpan.Zero).Containing(new DateTimeOffset(2024, 3, day, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Writes a day.</summary>
    /// <param name="promoted">The run whose Holdout it is.</param>
    /// <param name="day">The day of March 2024.</param>
    /// <param name="kind">What it is like.</param>
    /// <param name="late">How long after its event each row becomes known.</param>
    /// <param name="labelsLate">How long after its event the row's label becomes known.</param>
    public async Task WriteAsync(
        RetrainingState promoted, int day, TrafficKind kind, TimeSpan late = default, TimeSpan labelsLate = default)
    {
        string path = await new ArtifactStore(store, Path.Combine(folder, "artifacts")).DownloadAsync(promoted.Features!.Holdout.Rows);
        RowSet held = RowSets.Read(path, SampleModel.Schema, RowParts.None, new DataLimits());
        ImmutableArray<string> hosts = [.. ((InputValues.Texts)held.Inputs.Columns[0]).Values.OfType<string>()];
        WatchWindow window = Day(day);
        int rows = kind == TrafficKind.OneRow ? 1 : hosts.Length;
        PredictionRow[] requests = [.. Enumerable.Range(0, rows).Select(row => Request(window, row, InputOf(kind, hosts, row), late))];
        LabelRow[] labels =
        [
            .. held.Labels.Take(rows).Select((label, row) => new LabelRow
            {
                RequestId = requests[row].RequestId,
                Label = kind != TrafficKind.OneClass && label == 1 == IsContrary(kind, hosts[row]) ? 0 : 1,
                KnownTime = requests[row].Time + labelsLate,
                Source = "generated",
            }),
        ];
        string parts = Directory.CreateDirectory(Path.Combine(folder, $"day-{day}")).FullName;
        await log.UploadPredictionsAsync(SampleModel.Name, LogParts.WritePredictions(requests, parts, new DataLimits()));
        await log.UploadLabelsAsync(SampleModel.Name, LogParts.WriteLabels(labels, parts, new DataLimits()));
    }

    private static bool IsContrary(TrafficKind kind, string host) =>
        kind is TrafficKind.Contrary or TrafficKind.HalfBroken || (kind == TrafficKind.ContraryOnIo && host.EndsWith(".io", StringComparison.Ordinal));

    private static string InputOf(TrafficKind kind, ImmutableArray<string> hosts, int row) => kind switch
    {
        TrafficKind.Equal => hosts[0],
        TrafficKind.TwoHosts => hosts[row % 2],
        TrafficKind.LongNumbers => $"temp{row}99999999999{hosts[row][hosts[row].LastIndexOf('.')..]}",
        _ when IsBroken(kind, row) => $"?? {row}",
        _ => hosts[row],
    };

    private static bool IsBroken(TrafficKind kind, int row) => kind == TrafficKind.Broken || (kind == TrafficKind.HalfBroken && row % 2 == 0);

    private static PredictionRow Request(WatchWindow window, int row, string input, TimeSpan late)
    {
        DateTimeOffset time = window.From.AddSeconds(row);
        return new PredictionRow { Time = time, KnownTime = time + late, RequestId = $"{window.Id}-{row}", Input = input };
    }
}
