using System.Collections.Immutable;

namespace Lifecycle.Domain.Releases;

/// <summary>How a rollback ended.</summary>
public enum RollbackOutcome
{
    /// <summary>The older Publication is live again, under a higher version.</summary>
    RolledBack,

    /// <summary>A release engineer rejected it.</summary>
    Rejected,

    /// <summary>Too few approvals came in time.</summary>
    ApprovalTimedOut,

    /// <summary>The ReleaseChannel moved meanwhile: what was proposed is no longer the question.</summary>
    Overtaken,
}

/// <summary>Everything a rollback knows: the answer of its <c>state</c> query, and, once closed, its result.</summary>
public sealed record RollbackState
{
    /// <summary>What was asked for.</summary>
    public required RollbackRequest Request { get; init; }

    /// <summary>What engineers decide about; null before it is sealed.</summary>
    public RollbackProposal? Proposal { get; init; }

    /// <summary>Approvals that are needed; 0 before the proposal is sealed, and when policy has approved it beforehand.</summary>
    public int Threshold { get; init; }

    /// <summary>Decisions so far.</summary>
    public ImmutableArray<SignedDecision> Decisions { get; init; } = [];

    /// <summary>How it ended; null while it goes on.</summary>
    public RollbackOutcome? Outcome { get; init; }

    /// <summary>Why, in a sentence; empty while it goes on.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The version it made; null unless it rolled back.</summary>
    public ChannelEntry? Entry { get; init; }
}
