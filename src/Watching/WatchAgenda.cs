using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Publishing.Watching;
using Lifecycle.Serving.Logging;

namespace Lifecycle.Watching;

/// <summary>Finds the windows that are due in the log: cut by the calendar, or where the model says so by the number of their rows.</summary>
/// <param name="log">The model's log.</param>
/// <param name="journal">The decisions so far.</param>
/// <param name="limits">What the work may use.</param>
public sealed class WatchAgenda(PredictionParts log, DriftJournal journal, DataLimits limits)
{
    /// <summary>The windows that are due, oldest first.</summary>
    public async Task<ImmutableArray<DueWindow>> ReadAsync(ModelDefinition model, DateTimeOffset now, string scratchFolder, CancellationToken cancellation)
    {
        ImmutableSortedSet<DateOnly> days = await log.DaysAsync(model.Name, cancellation);
        DateTimeOffset? decidedTo = (await journal.ReadAsync(model.Name, cancellation))?.Evidence.Report.Window.To;
        if (model.Watch.WindowRows is not { } rows)
        {
            return [.. DueWindows.Of(model, days, decidedTo, now)];
        }

        if (DueWindows.BeginningOf(days, decidedTo) is not { } from || from >= now)
        {
            return [];
        }

        WindowParts parts = await log.DownloadAsync(model.Name, from, now, now, cancellation);
        return [.. RowWindows.Closed(parts, from, rows, model.Watch.Lateness, now, scratchFolder, limits, cancellation).Select(window => DueWindows.Of(model, window))];
    }
}
