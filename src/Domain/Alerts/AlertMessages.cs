using System.Collections.Immutable;
using System.Globalization;

namespace Lifecycle.Domain.Alerts;

/// <summary>Writes the message about a group.</summary>
public static class AlertMessages
{
    /// <summary>The message of a group as it is now.</summary>
    internal static AlertMessage Of(string key, AlertGroup group, AlertMessageReason reason, DateTimeOffset now)
    {
        ImmutableArray<Alert> alerts =
        [
            .. group.Alerts.Values.Select(tracked => tracked.Alert)
                .OrderByDescending(alert => alert.IsFiring)
                .ThenByDescending(alert => alert.Severity)
                .ThenByDescending(Strength)
                .ThenBy(alert => alert.Fingerprint, StringComparer.Ordinal),
        ];
        ImmutableArray<Alert> firing = [.. alerts.Where(alert => alert.IsFiring)];
        int count = (int)Math.Min(int.MaxValue, firing.Sum(alert => (long)alert.Count));
        return new AlertMessage
        {
            Id = Fingerprints.Of([key, group.OpenedAt.ToString("O", CultureInfo.InvariantCulture), $"{group.MessageCount + 1}"]),
            Status = firing.IsEmpty ? AlertMessageStatus.Resolved : AlertMessageStatus.Firing,
            Reason = reason,
            GroupKey = key,
            GroupLabels = group.Labels,
            Severity = alerts.Max(alert => alert.Severity),
            Summary = Summary(alerts, firing, count),
            Count = count,
            Findings = AlertFinding.Strongest(firing.SelectMany(alert => alert.Findings)),
            Alerts = [.. alerts.Take(AlertMessage.MaximumAlerts)],
            TruncatedAlerts = Math.Max(0, alerts.Length - AlertMessage.MaximumAlerts),
            CreatedAt = now,
        };
    }

    /// <summary>A message by which an operator sees whether a receiver works.</summary>
    public static AlertMessage Test(string receiver, DateTimeOffset now) => new()
    {
        Id = Fingerprints.Of(["test", receiver, now.ToString("O", CultureInfo.InvariantCulture)]),
        Status = AlertMessageStatus.Firing,
        Reason = AlertMessageReason.Test,
        GroupKey = Fingerprints.Of(["test", receiver]),
        GroupLabels = ImmutableSortedDictionary<string, string>.Empty.Add("rule", "test"),
        Severity = AlertSeverity.Information,
        Summary = $"This is a test of receiver '{receiver}'. Nothing is wrong.",
        Count = 0,
        CreatedAt = now,
    };

    private static double Strength(Alert alert) => alert.Findings.IsDefaultOrEmpty ? 0 : alert.Findings[0].Strength;

    private static string Summary(ImmutableArray<Alert> alerts, ImmutableArray<Alert> firing, int count) => firing switch
    {
        [] when alerts is [var one] => $"Resolved: {one.Summary}",
        [] => $"Resolved: {alerts.Length} alerts, such as: {alerts[0].Summary}",
        [var one] => one.Summary,
        [var first, ..] => $"{count} alerts, such as: {first.Summary}",
    };
}
