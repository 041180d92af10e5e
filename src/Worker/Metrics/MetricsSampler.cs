using Lifecycle.Activities.Alerts;
using Lifecycle.Alerting.State;
using Lifecycle.Domain.Alerts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lifecycle.Worker.Metrics;

/// <summary>Reads how things stand once a minute, and sets the gauges. What cannot be read leaves them as they were, and is logged.</summary>
internal sealed class MetricsSampler(
    AlertFactsReader facts, AlertStore alerts, LifecycleMetrics metrics, TimeProvider time, ILogger<MetricsSampler> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, time);
        do
        {
            await SampleAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SampleAsync(CancellationToken cancellation)
    {
        try
        {
            AlertFacts now = await facts.ReadAsync(time.GetUtcNow(), cancellation);
            metrics.Set(now, await alerts.ReadAsync(cancellation));
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning(failure, "The gauges were not read: {Reason}. lifecycle_sampled_timestamp_seconds shows since when.", failure.Message);
        }
    }
}
