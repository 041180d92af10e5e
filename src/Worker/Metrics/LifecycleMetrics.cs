using Lifecycle.Domain.Alerts;
using Temporalio.Common;

namespace Lifecycle.Worker.Metrics;

/// <summary>
/// Lifecycle's gauges. Times are exported as Unix seconds and never as ages: an age is right only at the moment it is
/// measured, and Prometheus computes it as <c>time() - x</c>. 0 says that nothing waits.
/// </summary>
internal sealed class LifecycleMetrics(MetricMeter meter)
{
    private readonly HashSet<string> waiting = [];
    private readonly MetricGauge<double> sampled = Gauge(meter, "lifecycle_sampled_timestamp_seconds", "When the gauges were last read from engine and store");
    private readonly MetricGauge<double> approval = Gauge(meter, "lifecycle_approval_waiting_since_seconds", "Since when a run of the model waits for approvals; 0 when none does");
    private readonly MetricGauge<double> channelVersion = Gauge(meter, "lifecycle_channel_version", "Live version of the release channel");
    private readonly MetricGauge<double> channelMoved = Gauge(meter, "lifecycle_channel_moved_timestamp_seconds", "When the release channel moved to its live version");
    private readonly MetricGauge<double> scheduleDue = Gauge(meter, "lifecycle_schedule_due_timestamp_seconds", "When the schedule's next action is due; 0 when it is paused or done");
    private readonly MetricGauge<double> driftLevel = Gauge(meter, "lifecycle_drift_level", "Level of the newest drift report: 0 none, 1 inconclusive, 2 warn, 3 act");
    private readonly MetricGauge<double> drifting = Gauge(meter, "lifecycle_drifting_figures", "Drifting figures of the newest window");
    private readonly MetricGauge<double> windowRows = Gauge(meter, "lifecycle_window_rows", "Rows of the newest window of the prediction log");
    private readonly MetricGauge<double> decided = Gauge(meter, "lifecycle_drift_decision_timestamp_seconds", "When the newest drift decision was made");
    private readonly MetricGauge<double> backup = Gauge(meter, "lifecycle_backup_timestamp_seconds", "When the newest backup was written; 0 when there is none");
    private readonly MetricGauge<double> firing = Gauge(meter, "lifecycle_alerts_firing", "Alerts that fire, by severity");
    private readonly MetricGauge<double> outbox = Gauge(meter, "lifecycle_alert_outbox_messages", "Alert messages that some receiver has not got yet");

    /// <summary>Sets all gauges.</summary>
    public void Set(AlertFacts facts, AlertState alerts)
    {
        SetApprovals(facts);
        foreach (ChannelFact channel in facts.Channels)
        {
            channelVersion.Set(channel.Version, [new("model", channel.Model), new("channel", channel.Channel)]);
            channelMoved.Set(Seconds(channel.MovedAt), [new("model", channel.Model), new("channel", channel.Channel)]);
        }

        foreach (ScheduleFact schedule in facts.Schedules)
        {
            scheduleDue.Set(schedule.IsPaused ? 0 : Seconds(schedule.DueAt), [new("schedule", schedule.ScheduleId)]);
        }

        foreach ((string folder, DateTimeOffset? newest) in facts.Backups)
        {
            backup.Set(Seconds(newest), [new("backup", folder)]);
        }

        SetWatches(facts);
        SetAlerts(alerts);
        sampled.Set(Seconds(facts.Now), []);
    }

    private void SetApprovals(AlertFacts facts)
    {
        // The one that waits longest is a model's last, and stays.
        foreach (WaitingApproval run in facts.Approvals.OrderByDescending(run => run.Since))
        {
            approval.Set(Seconds(run.Since), [new("model", run.Model)]);
        }

        // A gauge keeps its last value for ever: what no longer waits is set to 0.
        HashSet<string> now = [.. facts.Approvals.Select(run => run.Model)];
        foreach (string model in waiting.Except(now))
        {
            approval.Set(0, [new("model", model)]);
        }

        waiting.UnionWith(now);
    }

    private void SetWatches(AlertFacts facts)
    {
        foreach (WatchObservation watch in facts.Watches)
        {
            KeyValuePair<string, object>[] model = [new("model", watch.Model)];
            driftLevel.Set((int)watch.Level, model);
            drifting.Set(watch.DriftingCount, model);
            windowRows.Set(watch.RowCount, model);
            decided.Set(Seconds(watch.DecidedAt), model);
        }
    }

    private void SetAlerts(AlertState alerts)
    {
        ILookup<AlertSeverity, Alert> bySeverity = alerts.Groups.Values.SelectMany(group => group.Alerts.Values)
            .Select(tracked => tracked.Alert).Where(alert => alert.IsFiring).ToLookup(alert => alert.Severity);
        foreach (AlertSeverity severity in Enum.GetValues<AlertSeverity>())
        {
            firing.Set(bySeverity[severity].Count(), [new("severity", severity.ToString())]);
        }

        outbox.Set(alerts.Outbox.Length, []);
    }

    private static double Seconds(DateTimeOffset? at) => at is { } time ? time.ToUnixTimeMilliseconds() / 1000.0 : 0;

    private static MetricGauge<double> Gauge(MetricMeter meter, string name, string description) => meter.CreateGauge<double>(name, null, description);
}
