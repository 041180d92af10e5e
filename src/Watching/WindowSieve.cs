using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Watching;
using Lifecycle.Serving.Logging;

namespace Lifecycle.Watching;

/// <summary>
/// Keeps of the windows that are due those that something is known of: rows known in time, or labels that came. A window
/// without either is no evidence, and a decision about it would stand in the journal for ever. It is not remembered as passed
/// over: should a row known in time still arrive (a client that was cut off), a later look finds it, as long as no later
/// window was decided about.
/// </summary>
/// <param name="log">The model's log.</param>
/// <param name="journal">The decisions so far.</param>
/// <param name="limits">What the work may use.</param>
public sealed class WindowSieve(PredictionParts log, DriftJournal journal, DataLimits limits)
{
    /// <summary>Plans the oldest windows that are worth a decision.</summary>
    public async Task<WatchPlan> PlanAsync(
        ModelDefinition model, ChannelEntry live, ImmutableArray<DueWindow> due, int maximumWindows, string scratchFolder, CancellationToken cancellation)
    {
        List<DueWindow> told = [];
        List<PassedWindow> passed = [];
        int looked = 0;
        while (looked < due.Length && told.Count < maximumWindows)
        {
            DueWindow[] some = [.. due.Skip(looked).Take(maximumWindows - told.Count)];
            looked += some.Length;
            foreach ((DueWindow window, WindowCount count) in some.Zip(await CountAsync(model.Name, some, scratchFolder, cancellation)))
            {
                if (count.RowCount > 0 || (count.LabelCount > 0 && await HasLabelsAsync(model, window.Window, scratchFolder, cancellation)))
                {
                    told.Add(window);
                }
                else if (count.LateCount > 0)
                {
                    passed.Add(new PassedWindow(window.Window.Id, count.LateCount));
                }
            }
        }

        return new WatchPlan
        {
            Live = live,
            Windows = [.. told],
            PassedOver = [.. passed.Take(maximumWindows)],
            PassedOverCount = passed.Count,
            RemainingCount = due.Length - looked,
        };
    }

    private async Task<ImmutableArray<WindowCount>> CountAsync(string model, DueWindow[] windows, string scratchFolder, CancellationToken cancellation)
    {
        WindowParts parts = await log.DownloadAsync(model, windows[0].Window.From, windows[^1].Window.To, windows[^1].Window.AsOf, cancellation);
        return WindowCount.Of(parts, [.. windows.Select(window => window.Window)], scratchFolder, limits, cancellation);
    }

    private async Task<bool> HasLabelsAsync(ModelDefinition model, WatchWindow window, string scratchFolder, CancellationToken cancellation)
    {
        ImmutableArray<WatchWindow> blocked = await journal.BlockedSinceAsync(model.Name, window.From - model.Watch.LabelDelay, cancellation);
        return await TrafficRows.LabelledAsync(log, model, window, blocked, scratchFolder, limits, cancellation) is not [];
    }
}
