using Lifecycle.Activities;
using Lifecycle.Activities.Alerts;
using Lifecycle.Client.Homes;
using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Drift;
using Lifecycle.Storage;
using Temporalio.Client;
using Temporalio.Testing;

namespace Lifecycle.EndToEnd.Tests.Alerts;

/// <summary>Stands where a watch stands: calls the activity that it calls.</summary>
internal sealed class AlertSource(ITemporalClient client, IBlobStore store, HomeFolder home)
{
    private static readonly DateTimeOffset Began = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    /// <summary>A watch in which so many features drift; 0 is quiet. Later numbers are later windows.</summary>
    public Task ReportAsync(int drifting, int window) => new ActivityEnvironment().RunAsync(() => Activity().ReportWatchAsync(
        new WatchObservation("sample-host", $"window-{window}", Began.AddDays(window))
        {
            Level = drifting > 0 ? DriftLevel.Act : DriftLevel.None,
            Decision = drifting > 0 ? "Retrain" : "Nothing",
            Reason = "a test",
            Drifting = [.. Enumerable.Range(1, drifting).Select(number => new AlertFinding($"feature-{number:0000}", number))],
        }));

    private AlertActivity Activity() => new(client, AlertParts.Open(home.Alerts, client, store, TimeProvider.System));
}
