using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;

namespace Lifecycle.Serving.Importing;

/// <summary>Labelled rows to replay as traffic.</summary>
public sealed record ReplayRequest
{
    /// <summary>A Parquet file with the rows.</summary>
    public required string File { get; init; }

    /// <summary>Whether it is a side of a split; else it is a DataSnapshot.</summary>
    public bool IsSide { get; init; }

    /// <summary>A TrainingSet whose inputs are left out: what the live model learned by heart is no test of it. Null leaves none out.</summary>
    public string? ExceptTrainingSet { get; init; }

    /// <summary>Requests to make; fewer where there are fewer rows.</summary>
    public int RowCount { get; init; } = 6000;

    /// <summary>The window that they are spread over.</summary>
    public required WatchWindow Window { get; init; }

    /// <summary>Where the rows come from, for the labels' provenance.</summary>
    public required string Source { get; init; }
}

/// <summary>
/// Replays labelled rows as the traffic of a window: sampled, spread over it, answered by a model and logged with their labels.
/// The labels' source says that it is a replay.
/// </summary>
/// <param name="store">Where the log lies.</param>
/// <param name="scratchFolder">A folder for unfinished work.</param>
public sealed class TrafficReplay(IBlobStore store, string scratchFolder)
{
    /// <summary>Replays. The same rows, window and model leave the same log, however often.</summary>
    /// <param name="request">What to replay.</param>
    /// <param name="answering">The model that answers.</param>
    /// <param name="cancellation">Stops the work; what was uploaded stays.</param>
    /// <exception cref="InvalidDataSourceException">The file is missing or damaged, or lacks a column.</exception>
    public async Task<LogImportResult> RunAsync(ReplayRequest request, LiveModel answering, CancellationToken cancellation = default)
    {
        DataLimits limits = new();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lifecycle-replay-");
        try
        {
            string traffic = Path.Combine(folder.FullName, "traffic.parquet");
            ReplayedRows rows = new(request.File, answering.Schema, answering.Target) { IsSide = request.IsSide, ExceptTrainingSet = request.ExceptTrainingSet };
            RecordedTraffic.Write(rows, request.RowCount, request.Window, traffic, limits, cancellation);
            LogImportRequest import = new()
            {
                Model = answering.Entry.Model,
                File = traffic,
                Columns = new()
                {
                    Time = RecordedTraffic.TimeColumn,
                    KnownTime = RecordedTraffic.TimeColumn,
                    Label = RecordedTraffic.LabelColumn,
                    LabelTime = RecordedTraffic.TimeColumn,
                },
                Source = $"replay of {request.Source}",
            };
            return await new LogImport(new PredictionParts(store, Path.Combine(scratchFolder, "log")), TimeProvider.System, limits)
                .ImportAsync(import, answering, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
