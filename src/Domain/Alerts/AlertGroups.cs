using System.Collections.Immutable;

namespace Lifecycle.Domain.Alerts;

/// <summary>
/// Turns alerts into few messages: deduplication and grouping as Prometheus Alertmanager does them
/// (a new group waits <see cref="AlertGrouping.GroupWait"/>; then it is looked at every <see cref="AlertGrouping.GroupInterval"/>, and
/// a message is made when an alert came or ended since the last one, or when that is <see cref="AlertGrouping.RepeatInterval"/> old).
/// Pure: the same state, batches and time give the same answer.
/// </summary>
public static class AlertGroups
{
    /// <summary>Applies what sources said, then makes the messages that are due at <paramref name="now"/>.</summary>
    public static AlertState Advance(AlertState state, AlertPolicy policy, IEnumerable<AlertBatch> batches, DateTimeOffset now)
    {
        foreach (AlertBatch batch in batches.OrderBy(batch => batch.ObservedAt))
        {
            state = AlertIntake.Apply(state, policy, batch.Cut(), now);
        }

        foreach ((string key, AlertGroup group) in state.Groups)
        {
            state = group.NextFlushAt <= now ? Flush(state, policy.Grouping, key, group, now) : state;
        }

        return state;
    }

    private static AlertState Flush(AlertState state, AlertGrouping grouping, string key, AlertGroup group, DateTimeOffset now)
    {
        AlertMessageReason? reason = ReasonOf(state, grouping, key, group, now);
        if (reason is { } why)
        {
            AlertMessage message = AlertMessages.Of(key, group, why, now);
            OutboxEntry[] entry = group.Receivers.IsEmpty ? [] : [new OutboxEntry(message, group.Receivers)];
            state = state with { Outbox = [.. state.Outbox, .. entry] };
            group = group with { NotifiedAt = now, MessageCount = group.MessageCount + 1, Notified = Firing(group) };
        }

        // What has ended was said, or began and ended between two looks: either way it is over.
        group = group with
        {
            Alerts = group.Alerts.RemoveRange(group.Alerts.Where(entry => !entry.Value.Alert.IsFiring).Select(entry => entry.Key)),
            NextFlushAt = now + grouping.GroupInterval,
        };
        return state with { Groups = group.Alerts.IsEmpty ? state.Groups.Remove(key) : state.Groups.SetItem(key, group) };
    }

    private static AlertMessageReason? ReasonOf(AlertState state, AlertGrouping grouping, string key, AlertGroup group, DateTimeOffset now)
    {
        ImmutableArray<string> firing = Firing(group);
        if (group.NotifiedAt is not { } notifiedAt)
        {
            return firing.IsEmpty ? null : AlertMessageReason.New;
        }

        if (!firing.SequenceEqual(group.Notified))
        {
            return firing.IsEmpty ? AlertMessageReason.Resolved : AlertMessageReason.Changed;
        }

        // A repeat of what has not even arrived would only lengthen the queue of a receiver that is down.
        bool isWaiting = state.Outbox.Any(entry => entry.Message.GroupKey == key);
        return now - notifiedAt >= grouping.RepeatInterval && !isWaiting ? AlertMessageReason.Repeat : null;
    }

    private static ImmutableArray<string> Firing(AlertGroup group) =>
        [.. group.Alerts.Where(entry => entry.Value.Alert.IsFiring).Select(entry => entry.Key)];
}
