using System.Text.Json.Serialization;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Kinds;

namespace Lifecycle.Domain.Alerts;

/// <summary>
/// What is worth an alert. Rules over ages are evaluated every few minutes; rules over a watch when its decision is made.
/// </summary>
[JsonConverter(typeof(KindConverter<AlertRule>))]
public abstract record AlertRule : IHasKinds<AlertRule>
{
    /// <summary>The kinds.</summary>
    public static KindList<AlertRule> Kinds { get; } = new KindList<AlertRule> { Discriminator = "kind" }
        .Add<Threshold>("threshold")
        .Add<Drift>("drift")
        .Add<ApprovalAge>("approvalAge")
        .Add<ChannelAge>("channelAge")
        .Add<BackupAge>("backupAge")
        .Add<ScheduleMissed>("scheduleMissed")
        .Add<DecisionLate>("decisionLate");

    private AlertRule()
    {
    }

    /// <summary>Severity of its alerts.</summary>
    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;

    /// <summary>Name of the model it is about; null is every model.</summary>
    public string? Model { get; init; }

    /// <summary>A figure of the watch is out of bounds.</summary>
    public sealed record Threshold : AlertRule
    {
        /// <summary>Name of the figure, one of <see cref="WatchObservation.Figures"/>, such as <c>lossChange</c> or <c>refusedShare</c>.</summary>
        public required string Figure { get; init; }

        /// <summary>Fires above this value; null is no bound.</summary>
        public double? Above { get; init; }

        /// <summary>Fires below this value; null is no bound.</summary>
        public double? Below { get; init; }
    }

    /// <summary>A watch found drift, or broken data: one alert a model, with the number of drifting figures and the strongest of them.</summary>
    public sealed record Drift : AlertRule
    {
        /// <summary>Fires from this level of the DriftReport on; broken data always fires.</summary>
        public DriftLevel Level { get; init; } = DriftLevel.Act;
    }

    /// <summary>A RetrainingRun or a rollback waits for Approvals.</summary>
    public sealed record ApprovalAge : AlertRule
    {
        /// <summary>Fires when it waits longer.</summary>
        public required TimeSpan LongerThan { get; init; }
    }

    /// <summary>The newest version of a ReleaseChannel is old.</summary>
    public sealed record ChannelAge : AlertRule
    {
        /// <summary>Fires when its pointer was not written for longer.</summary>
        public required TimeSpan LongerThan { get; init; }
    }

    /// <summary>The newest backup is old, or there is none.</summary>
    public sealed record BackupAge : AlertRule
    {
        /// <summary>Folder of the backups on the worker's machine; the newest file in it or below it counts.</summary>
        public required string Folder { get; init; }

        /// <summary>Fires when it is older.</summary>
        public required TimeSpan OlderThan { get; init; }
    }

    /// <summary>A schedule that is not paused did not do what was due.</summary>
    public sealed record ScheduleMissed : AlertRule
    {
        /// <summary>Fires when an action is later than its time by more than this.</summary>
        public required TimeSpan LaterThan { get; init; }
    }

    /// <summary>A watched model has had no drift decision for too long.</summary>
    public sealed record DecisionLate : AlertRule
    {
        /// <summary>Fires when the newest decision is older.</summary>
        public required TimeSpan LaterThan { get; init; }
    }
}
