using System.Collections.Immutable;
using Lifecycle.Domain.Alerts;

namespace Lifecycle.Alerting.Tests.Grouping;

/// <summary>Alerts and policies that many tests need.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    public static AlertPolicy Policy(params string[] receivers) => new()
    {
        Routes = [new AlertRoute { Receivers = receivers is [] ? ["file"] : [.. receivers] }],
    };

    public static Alert Alert(string model, string feature, double strength = 1, AlertSeverity severity = AlertSeverity.Warning) => new()
    {
        Rule = "drift",
        Severity = severity,
        Labels = new Dictionary<string, string> { ["model"] = model, ["feature"] = feature }.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Summary = $"{model}: {feature} drifts",
        Findings = [new AlertFinding(feature, strength)],
        StartsAt = Start,
    };

    public static AlertBatch Storm(int features, DateTimeOffset at) => new("watch/m", at)
    {
        Firing = [.. Enumerable.Range(1, features).Select(number => Alert("m", $"f{number:0000}", number))],
    };
}
