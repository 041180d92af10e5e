using System.Collections.Immutable;

namespace Lifecycle.Domain.Alerts;

/// <summary>
/// What an operator writes down about alerts, <c>alerts.yaml</c>: what is worth one, who receives it, and how many make one
/// message. Format: docs/formats/alerts-yaml.md.
/// </summary>
public sealed record AlertPolicy
{
    /// <summary>Who can receive messages, by name.</summary>
    public ImmutableSortedDictionary<string, AlertReceiver> Receivers { get; init; } = ImmutableSortedDictionary<string, AlertReceiver>.Empty;

    /// <summary>Which alert goes to whom: the first route that matches. An alert that none matches is kept and listed, and sent to nobody.</summary>
    public ImmutableArray<AlertRoute> Routes { get; init; } = [];

    /// <summary>When alerts become messages.</summary>
    public AlertGrouping Grouping { get; init; } = new();

    /// <summary>What is worth an alert, by name. Rules given here replace the default ones as a whole.</summary>
    public ImmutableSortedDictionary<string, AlertRule> Rules { get; init; } = DefaultRules;

    /// <summary>The rules where alerts.yaml has none.</summary>
    public static ImmutableSortedDictionary<string, AlertRule> DefaultRules { get; } = new Dictionary<string, AlertRule>
    {
        ["drift"] = new AlertRule.Drift { Severity = AlertSeverity.Warning },
        ["approval-late"] = new AlertRule.ApprovalAge { LongerThan = TimeSpan.FromHours(24) },
        ["schedule-missed"] = new AlertRule.ScheduleMissed { LaterThan = TimeSpan.FromMinutes(15), Severity = AlertSeverity.Critical },
        ["decision-late"] = new AlertRule.DecisionLate { LaterThan = TimeSpan.FromHours(36) },
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The policy where there is no alerts.yaml: the default rules, into one file.</summary>
    /// <param name="file">Full path of the file.</param>
    public static AlertPolicy ToFile(string file) => new()
    {
        Receivers = ImmutableSortedDictionary<string, AlertReceiver>.Empty.Add("file", new AlertReceiver.JsonLines { Path = file }),
        Routes = [new AlertRoute { Receivers = ["file"] }],
    };

    /// <summary>The first route that matches an alert; null when none does.</summary>
    public AlertRoute? RouteOf(Alert alert) => Routes.FirstOrDefault(route => route.Matches(alert));
}

/// <summary>Which alerts go to which receivers. Every condition that is given must hold.</summary>
public sealed record AlertRoute
{
    /// <summary>Name of the model; null matches every model, and alerts without one.</summary>
    public string? Model { get; init; }

    /// <summary>Name of the rule; null matches every rule.</summary>
    public string? Rule { get; init; }

    /// <summary>Least severity; everything by default.</summary>
    public AlertSeverity Severity { get; init; } = AlertSeverity.Information;

    /// <summary>Names of the receivers; each gets every message.</summary>
    public required ImmutableArray<string> Receivers { get; init; }

    /// <summary>Whether the alert goes this way.</summary>
    public bool Matches(Alert alert) =>
        alert.Severity >= Severity
        && (Rule is null || Rule == alert.Rule)
        && (Model is null || Model == alert.Labels.GetValueOrDefault("model"));
}

/// <summary>When alerts become messages, in the words and with the meaning of Prometheus Alertmanager.</summary>
public sealed record AlertGrouping
{
    /// <summary>Labels whose values make a group; <c>rule</c> and <c>severity</c> count as labels. Rule and model by default.</summary>
    public ImmutableArray<string> GroupBy { get; init; } = ["rule", "model"];

    /// <summary>How long a new group waits for more alerts before its first message; 30 seconds by default. What ends before is never sent.</summary>
    public TimeSpan GroupWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Shortest time between two messages of a group; 5 minutes by default.</summary>
    public TimeSpan GroupInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long until a group that still fires unchanged is sent again; 4 hours by default. At least <see cref="GroupInterval"/>.</summary>
    public TimeSpan RepeatInterval { get; init; } = TimeSpan.FromHours(4);
}
