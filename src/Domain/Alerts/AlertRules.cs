using System.Collections.Immutable;
using System.Globalization;

namespace Lifecycle.Domain.Alerts;

/// <summary>Which rules fire. Pure.</summary>
public static class AlertRules
{
    /// <summary>Source of the alerts over ages.</summary>
    public const string Source = "rules";

    /// <summary>Name of the alert about alerts.yaml itself, which fires whatever rules there are.</summary>
    public const string PolicyRule = "alerts-yaml";

    /// <summary>The rules over ages, over how things stand; and an alerts.yaml that cannot be used.</summary>
    public static AlertBatch Evaluate(IEnumerable<KeyValuePair<string, AlertRule>> rules, AlertFacts facts) =>
        new(Source, facts.Now)
        {
            Firing = [.. OfPolicy(facts), .. rules.SelectMany(rule => AgeRules.Evaluate(rule.Key, rule.Value, facts))],
        };

    /// <summary>The rules over a watch, over its newest observation.</summary>
    public static AlertBatch Evaluate(IEnumerable<KeyValuePair<string, AlertRule>> rules, WatchObservation observation) =>
        new(WatchSource(observation.Model), observation.DecidedAt)
        {
            Firing = [.. rules.Where(rule => rule.Value.Model is null || rule.Value.Model == observation.Model)
                .Select(rule => Evaluate(rule.Key, rule.Value, observation)).OfType<Alert>()],
        };

    /// <summary>Source of the alerts over one model's watch.</summary>
    public static string WatchSource(string model) => $"watch/{model}";

    private static IEnumerable<Alert> OfPolicy(AlertFacts facts) => facts.PolicyDefect is { } defect
        ? [new Alert { Rule = PolicyRule, Severity = AlertSeverity.Critical, Summary = defect.Message, StartsAt = defect.Since }]
        : [];

    private static Alert? Evaluate(string name, AlertRule rule, WatchObservation observation) => rule switch
    {
        AlertRule.Drift drift when observation.Level >= drift.Level || observation.BreachCount > 0 => Drifted(name, drift, observation),
        AlertRule.Threshold threshold when observation.Figures.TryGetValue(threshold.Figure, out double value) => OutOfBounds(name, threshold, value, observation),
        _ => null,
    };

    private static Alert Drifted(string name, AlertRule.Drift rule, WatchObservation observation) =>
        Of(name, rule, observation) with
        {
            Count = Math.Max(1, observation.DriftingCount),
            Findings = observation.Drifting,
            Summary = string.Create(
                CultureInfo.InvariantCulture,
                $"{observation.Model}: {Found(observation)} in window {observation.Window} over {observation.RowCount} rows; "
                + $"decision {observation.Decision}: {observation.Reason}"),
        };

    private static Alert? OutOfBounds(string name, AlertRule.Threshold rule, double value, WatchObservation observation)
    {
        string? bound = (rule.Above, rule.Below) switch
        {
            ({ } above, _) when value > above => string.Create(CultureInfo.InvariantCulture, $"above {above}"),
            (_, { } below) when value < below => string.Create(CultureInfo.InvariantCulture, $"below {below}"),
            _ => null,
        };
        return bound is null ? null : Of(name, rule, observation) with
        {
            Findings = [new AlertFinding(rule.Figure, value)],
            Summary = string.Create(CultureInfo.InvariantCulture, $"{observation.Model}: {rule.Figure} is {value:0.######}, {bound}, in window {observation.Window}"),
        };
    }

    private static Alert Of(string name, AlertRule rule, WatchObservation observation) => new()
    {
        Rule = name,
        Severity = rule.Severity,
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("model", observation.Model),
        Summary = "",
        StartsAt = observation.DecidedAt,
    };

    private static string Found(WatchObservation observation) => observation switch
    {
        { BreachCount: > 0 } => $"{observation.BreachCount} broken rules of the data contract",
        { DriftingCount: 1 } => "1 drifting figure",
        _ => $"{observation.DriftingCount} drifting figures",
    };
}
