using Lifecycle.Domain.Alerts;
using Temporalio.Activities;

namespace Lifecycle.Activities.Alerts;

/// <summary>Counts drift decisions for Prometheus: <c>lifecycle_drift_decisions_total</c>.</summary>
internal static class Decisions
{
    /// <summary>Counts one; a retried report counts again, as counters of a process that may die do.</summary>
    public static void Count(WatchObservation observation) => ActivityExecutionContext.Current.MetricMeter
        .CreateCounter<long>("lifecycle_drift_decisions", null, "Drift decisions, by model and decision")
        .Add(1, [new("model", observation.Model), new("decision", observation.Decision)]);
}
