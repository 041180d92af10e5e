using System.Collections.Immutable;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Drift;

/// <summary>All that a <see cref="DriftDecision"/> is made from, beside the policy and the state before it.</summary>
public sealed record DriftEvidence
{
    /// <summary>What was measured.</summary>
    public required DriftReport Report { get; init; }

    /// <summary>What is known of the model's RetrainingRuns.</summary>
    public RunFacts Runs { get; init; } = new();

    /// <summary>When the decision is made.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>What a decision needs to know of the model's RetrainingRuns.</summary>
public sealed record RunFacts
{
    /// <summary>Whether a RetrainingRun of the model is in flight.</summary>
    public bool InFlight { get; init; }

    /// <summary>Its run id; null where it is not known, or none is in flight.</summary>
    public string? RunId { get; init; }

    /// <summary>The RetrainingRun that ended last; null when none did.</summary>
    public EndedRun? Ended { get; init; }

    /// <summary>When the live Publication was promoted; null when that is not known: then rule 5 does not speak.</summary>
    public DateTimeOffset? PromotedAt { get; init; }
}

/// <summary>A RetrainingRun that ended.</summary>
public sealed record EndedRun
{
    /// <summary>Its run id; null where it is not known.</summary>
    public string? RunId { get; init; }

    /// <summary>How it ended; null when it failed or was cancelled.</summary>
    public RetrainingOutcome? Outcome { get; init; }

    /// <summary>Identifiers of the triggers it carried; a decision's is <see cref="DriftDecision.Id"/>.</summary>
    public ImmutableArray<string> TriggerIds { get; init; } = [];

    /// <summary>Whether it ended with a Challenger that was not good enough: refused, rejected, or not told apart.</summary>
    public bool ChallengerRefused =>
        Outcome is RetrainingOutcome.Refused or RetrainingOutcome.Rejected or RetrainingOutcome.Inconclusive;
}
