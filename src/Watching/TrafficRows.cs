using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Models;

namespace Lifecycle.Watching;

/// <summary>What a watch reads out of the prediction log, answered by the live model.</summary>
/// <param name="Counts">How many rows there are, and how many came late.</param>
/// <param name="Window">Requests of the window.</param>
/// <param name="Labelled">Requests, also of earlier windows that were not blocked, whose labels became known while this window was the current one.</param>
internal sealed record TrafficRows(WindowRows Counts, AnsweredTraffic Window, AnsweredTraffic Labelled)
{
    /// <summary>Reads a window and the labels that came with it.</summary>
    /// <param name="log">The log.</param>
    /// <param name="model">The live model.</param>
    /// <param name="definition">Its definition.</param>
    /// <param name="window">The window.</param>
    /// <param name="blocked">Earlier windows whose rows are broken: labels of theirs do not count.</param>
    /// <param name="scratchFolder">Where files of the reading lie.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<TrafficRows> ReadAsync(
        PredictionParts log, LiveModel model, ModelDefinition definition, WatchWindow window, ImmutableArray<WatchWindow> blocked,
        string scratchFolder, DataLimits limits, CancellationToken cancellation)
    {
        string path = Path.Combine(scratchFolder, "window.parquet");
        WindowParts parts = await log.DownloadAsync(definition.Name, window, cancellationToken: cancellation);
        WindowRows counts = PredictionWindow.Write(parts, window, null, path, limits, cancellation);

        ImmutableArray<LoggedRequest> labelled = await LabelledAsync(log, definition, window, blocked, scratchFolder, limits, cancellation);
        return new TrafficRows(counts, AnsweredTraffic.Of(model, LoggedRequest.Read(path, limits)), AnsweredTraffic.Of(model, labelled));
    }

    /// <summary>Requests, also of earlier windows that were not blocked, whose labels became known while a window was the current one.</summary>
    public static async Task<ImmutableArray<LoggedRequest>> LabelledAsync(
        PredictionParts log, ModelDefinition definition, WatchWindow window, ImmutableArray<WatchWindow> blocked,
        string scratchFolder, DataLimits limits, CancellationToken cancellation)
    {
        WatchWindow wide = window with { Id = $"labels of {window.Id}", From = window.From - definition.Watch.LabelDelay };
        string widePath = Path.Combine(scratchFolder, "labelled.parquet");
        WindowParts wideParts = await log.DownloadAsync(definition.Name, wide, cancellationToken: cancellation);
        PredictionWindow.Write(wideParts, wide, null, widePath, limits, cancellation);
        return
        [
            .. LoggedRequest.Read(widePath, limits).Where(request => request.LabelKnownTime >= window.LabelsSince
                && request.LabelKnownTime < window.AsOf && !blocked.Any(broken => broken.Holds(request.Time))),
        ];
    }
}
