using System.Collections.Immutable;

namespace Lifecycle.Domain.Alerts;

/// <summary>
/// One message to a receiver about one group of alerts. Its <see cref="Id"/> stays the same however often it is sent, so
/// that receivers can tell a repeated delivery from a new message. Format: docs/formats/alert-message.md.
/// </summary>
public sealed record AlertMessage
{
    /// <summary>Most alerts that are listed one by one; the others are only counted.</summary>
    public const int MaximumAlerts = 20;

    /// <summary>Identity: SHA-256 over the group, when it opened, and the number of the message in it, 16 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Whether anything of the group still fires.</summary>
    public required AlertMessageStatus Status { get; init; }

    /// <summary>Why it is sent.</summary>
    public required AlertMessageReason Reason { get; init; }

    /// <summary>Identity of the group: messages of one group belong to one thread.</summary>
    public required string GroupKey { get; init; }

    /// <summary>Labels that all alerts of the group share.</summary>
    public ImmutableSortedDictionary<string, string> GroupLabels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The highest severity in the group.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Summary { get; init; }

    /// <summary>How many things fire, counted over all alerts.</summary>
    public required int Count { get; init; }

    /// <summary>The strongest of them, strongest first; at most <see cref="AlertFinding.Shown"/>.</summary>
    public ImmutableArray<AlertFinding> Findings { get; init; } = [];

    /// <summary>The alerts, firing ones first, at most <see cref="MaximumAlerts"/>.</summary>
    public ImmutableArray<Alert> Alerts { get; init; } = [];

    /// <summary>How many more there are than <see cref="Alerts"/> lists.</summary>
    public int TruncatedAlerts { get; init; }

    /// <summary>When the message was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Whether anything of a group fires.</summary>
public enum AlertMessageStatus
{
    /// <summary>At least one alert fires.</summary>
    Firing,

    /// <summary>All have ended.</summary>
    Resolved,
}

/// <summary>Why a message is sent.</summary>
public enum AlertMessageReason
{
    /// <summary>A new group.</summary>
    New,

    /// <summary>Alerts came or ended since the last message.</summary>
    Changed,

    /// <summary>Nothing changed, but it still fires after the repeat interval.</summary>
    Repeat,

    /// <summary>Everything has ended.</summary>
    Resolved,

    /// <summary>Someone asked for a trial: <c>lifecycle alerts test</c>.</summary>
    Test,
}
