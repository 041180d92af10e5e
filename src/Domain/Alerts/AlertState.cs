using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Alerts;

/// <summary>
/// All that is remembered about alerts, in one record that is replaced as a whole: so a message is made and remembered in
/// the same write that remembers why, and none can be lost between the two.
/// </summary>
public sealed record AlertState
{
    /// <summary>When each source was last heard, by its name: what is older is ignored.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Sources { get; init; } = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;

    /// <summary>Groups that fire, or ended and have not said so yet, by their keys.</summary>
    public ImmutableSortedDictionary<string, AlertGroup> Groups { get; init; } = ImmutableSortedDictionary<string, AlertGroup>.Empty;

    /// <summary>Messages that some receiver has not got yet, oldest first.</summary>
    public ImmutableArray<OutboxEntry> Outbox { get; init; } = [];

    /// <summary>When there is something to do next by the clock alone; null when nothing waits.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDueAt => Groups.IsEmpty ? null : Groups.Values.Min(group => group.NextFlushAt);

    /// <summary>Fingerprints of what fires and came from a source.</summary>
    public ImmutableHashSet<string> FiringOf(string source) =>
    [
        .. Groups.Values.SelectMany(group => group.Alerts)
            .Where(entry => entry.Value.Source == source && entry.Value.Alert.IsFiring)
            .Select(entry => entry.Key),
    ];

    /// <summary>The state after <paramref name="receiver"/> got a message.</summary>
    public AlertState Delivered(string messageId, string receiver) => this with
    {
        Outbox =
        [
            .. Outbox
                .Select(entry => entry.Message.Id == messageId ? entry with { Receivers = entry.Receivers.Remove(receiver) } : entry)
                .Where(entry => !entry.Receivers.IsEmpty),
        ],
    };
}

/// <summary>Alerts that share the labels they are grouped by, and the receivers.</summary>
public sealed record AlertGroup
{
    /// <summary>The shared labels.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Names of the receivers.</summary>
    public ImmutableArray<string> Receivers { get; init; } = [];

    /// <summary>When its first alert came: distinguishes it from an earlier group of the same key.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it is looked at next.</summary>
    public required DateTimeOffset NextFlushAt { get; init; }

    /// <summary>When its last message was made; null before the first.</summary>
    public DateTimeOffset? NotifiedAt { get; init; }

    /// <summary>Fingerprints of what fired in its last message.</summary>
    public ImmutableArray<string> Notified { get; init; } = [];

    /// <summary>How many messages it has made.</summary>
    public int MessageCount { get; init; }

    /// <summary>Its alerts by fingerprint.</summary>
    public ImmutableSortedDictionary<string, TrackedAlert> Alerts { get; init; } = ImmutableSortedDictionary<string, TrackedAlert>.Empty;
}

/// <summary>An alert and who raised it.</summary>
/// <param name="Source">Source of the batch that it came in.</param>
/// <param name="Alert">The alert.</param>
public sealed record TrackedAlert(string Source, Alert Alert);

/// <summary>A message and who has not got it yet.</summary>
/// <param name="Message">The message.</param>
/// <param name="Receivers">Names of the receivers that are left.</param>
public sealed record OutboxEntry(AlertMessage Message, ImmutableArray<string> Receivers);
