namespace Lifecycle.Domain.Watch;

/// <summary>How a model's traffic is watched, section <c>watch</c> of a model definition.</summary>
public sealed record WatchDefinition
{
    /// <summary>Length of a window; windows follow each other without gaps, counted from 1970-01-01T00:00Z.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long after its end a window waits for rows that are known late.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.Zero;

    /// <summary>Whether the key seen in training tells anything: where every row is new by nature, it does not.</summary>
    public bool WatchSeenKeys { get; init; }

    /// <summary>When what was measured leads to what.</summary>
    public DriftPolicy Policy { get; init; } = new();
}
