using System.Collections.Immutable;

namespace Lifecycle.Domain.Alerts;

/// <summary>Takes what a source says into the groups: what is new opens or joins a group, what is gone has ended.</summary>
internal static class AlertIntake
{
    /// <summary>Applies a batch; one that is older than the source's last one changes nothing.</summary>
    public static AlertState Apply(AlertState state, AlertPolicy policy, AlertBatch batch, DateTimeOffset now)
    {
        if (state.Sources.TryGetValue(batch.Source, out DateTimeOffset last) && batch.ObservedAt < last)
        {
            return state;
        }

        state = EndMissing(state, batch);
        foreach (Alert alert in batch.Firing)
        {
            state = Fire(state, policy, batch.Source, alert, now);
        }

        return state with { Sources = state.Sources.SetItem(batch.Source, batch.ObservedAt) };
    }

    private static AlertState EndMissing(AlertState state, AlertBatch batch)
    {
        HashSet<string> firing = [.. batch.Firing.Select(alert => alert.Fingerprint)];
        foreach ((string key, AlertGroup group) in state.Groups)
        {
            KeyValuePair<string, TrackedAlert>[] ended =
            [
                .. group.Alerts
                    .Where(entry => entry.Value.Source == batch.Source && entry.Value.Alert.IsFiring && !firing.Contains(entry.Key))
                    .Select(entry => KeyValuePair.Create(entry.Key, End(entry.Value, batch.ObservedAt))),
            ];
            state = ended is [] ? state : state with { Groups = state.Groups.SetItem(key, group with { Alerts = group.Alerts.SetItems(ended) }) };
        }

        return state;
    }

    private static TrackedAlert End(TrackedAlert tracked, DateTimeOffset endedAt) =>
        tracked with { Alert = tracked.Alert with { EndsAt = endedAt } };

    private static AlertState Fire(AlertState state, AlertPolicy policy, string source, Alert alert, DateTimeOffset now)
    {
        // An alert that fires stays in the group it is in, also when the routes were edited meanwhile.
        (string? key, AlertGroup? group) = state.Groups.FirstOrDefault(entry => entry.Value.Alerts.ContainsKey(alert.Fingerprint));
        if (key is null || group is null)
        {
            ImmutableArray<string> receivers = policy.RouteOf(alert)?.Receivers ?? [];
            ImmutableSortedDictionary<string, string> labels = LabelsOf(alert, policy.Grouping.GroupBy);
            key = Fingerprints.Of([.. receivers, "", .. labels.SelectMany(label => new[] { label.Key, label.Value })]);
            group = state.Groups.GetValueOrDefault(key) ?? new AlertGroup
            {
                Labels = labels,
                Receivers = receivers,
                OpenedAt = now,
                NextFlushAt = now + policy.Grouping.GroupWait,
            };
        }

        Alert known = group.Alerts.TryGetValue(alert.Fingerprint, out TrackedAlert? before) && before.Alert.IsFiring
            ? alert with { StartsAt = before.Alert.StartsAt, EndsAt = null }
            : alert with { EndsAt = null };
        group = group with { Alerts = group.Alerts.SetItem(alert.Fingerprint, new TrackedAlert(source, known)) };
        return state with { Groups = state.Groups.SetItem(key, group) };
    }

    private static ImmutableSortedDictionary<string, string> LabelsOf(Alert alert, ImmutableArray<string> groupBy) =>
        groupBy.Select(name => KeyValuePair.Create(name, ValueOf(alert, name)))
            .Where(label => label.Value is not null)
            .ToImmutableSortedDictionary(label => label.Key, label => label.Value!, StringComparer.Ordinal);

    private static string? ValueOf(Alert alert, string label) => label switch
    {
        "rule" => alert.Rule,
        "severity" => alert.Severity.ToString(),
        _ => alert.Labels.GetValueOrDefault(label),
    };
}
