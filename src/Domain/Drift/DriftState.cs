using System.Collections.Immutable;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Drift;

/// <summary>All that is remembered of a model between two decisions. Small, and part of each of them.</summary>
public sealed record DriftState
{
    /// <summary>What is known before the first decision.</summary>
    public static DriftState Initial { get; } = new();

    /// <summary>Decisions made so far: the sequence of the newest one, 0 before the first.</summary>
    public long Sequence { get; init; }

    /// <summary>
    /// The DriftBaseline that the fields up to <see cref="RefusedCount"/> belong to. A Promotion or Rollback brings another
    /// one, and they begin anew.
    /// </summary>
    public string? BaselineId { get; init; }

    /// <summary>Whether act was reached, and the traffic has not been quiet for long enough since.</summary>
    public bool Armed { get; init; }

    /// <summary>Quiet windows (below warn) in a row while armed.</summary>
    public int QuietWindows { get; init; }

    /// <summary>The recent windows that told something, oldest first, at most <see cref="DriftPolicy.RecentWindows"/>.</summary>
    public ImmutableArray<RecentWindow> Recent { get; init; } = [];

    /// <summary>Rule behind <see cref="AskedAt"/>; null when it asked on account of another DriftBaseline.</summary>
    public DriftRule? AskedBy { get; init; }

    /// <summary>Rules whose reason the RetrainingRun in flight has; empty when none is.</summary>
    public ImmutableArray<DriftRule> JoinedRules { get; init; } = [];

    /// <summary>Refused Challengers in a row, of RetrainingRuns that decisions asked for.</summary>
    public int RefusedCount { get; init; }

    /// <summary>When a RetrainingRun was last asked for; null if never.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The decision that asked; null if none did.</summary>
    public string? AskedDecision { get; init; }

    /// <summary>The decision whose RetrainingRun's end has been counted.</summary>
    public string? CountedDecision { get; init; }

    /// <summary>When RetrainingRuns were asked for within the budget's period, oldest first.</summary>
    public ImmutableArray<DateTimeOffset> BudgetUses { get; init; } = [];

    /// <summary>The cool-down in force: the policy's, doubled for each refused Challenger, up to its longest.</summary>
    public TimeSpan CoolDown(DriftPolicy policy)
    {
        TimeSpan length = policy.CoolDown;
        for (int refused = 0; refused < RefusedCount && length < policy.MaximumCoolDown; refused++)
        {
            length = length < policy.MaximumCoolDown / 2 ? length * 2 : policy.MaximumCoolDown;
        }

        return length;
    }
}

/// <summary>What is remembered of a window.</summary>
/// <param name="WindowId">The window.</param>
/// <param name="EstimatedRise">Whether its estimated or weighted loss rose enough to count.</param>
/// <param name="DriftShare">Whether enough of the figures had drifted to count.</param>
public sealed record RecentWindow(string WindowId, bool EstimatedRise, bool DriftShare);
