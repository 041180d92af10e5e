using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.ColdStarts;

/// <summary>How a cold start ended. Every one of these is an expected verdict, not a failure.</summary>
public enum ColdStartOutcome
{
    /// <summary>The ReferenceModel is live.</summary>
    Promoted,

    /// <summary>What can be measured without labels does not hold, or the ReleaseChannel is not empty.</summary>
    Refused,

    /// <summary>A release engineer rejected it.</summary>
    Rejected,

    /// <summary>Too few approvals came in time.</summary>
    ApprovalTimedOut,

    /// <summary>Another model went live meanwhile: what was not measured replaces nothing.</summary>
    Overtaken,
}

/// <summary>Everything a cold start knows: the answer of its <c>state</c> query, and, once closed, its result.</summary>
public sealed record ColdStartState
{
    /// <summary>What was asked for.</summary>
    public required ColdStartRequest Request { get; init; }

    /// <summary>Everyone else who asked for it while it was in flight, as they named themselves.</summary>
    public ImmutableArray<string> AlsoRequestedBy { get; init; } = [];

    /// <summary>Everyone whose signed request was verified; they may not approve it.</summary>
    public ImmutableArray<string> VerifiedRequesters { get; init; } = [];

    /// <summary>Whether a signature proves who asked first.</summary>
    [JsonIgnore]
    public bool IsRequesterVerified => Request.Signed is not null && VerifiedRequesters.Contains(Request.RequestedBy);

    /// <summary>The compiled ReferenceModel; null before.</summary>
    public CompiledReference? Reference { get; init; }

    /// <summary>What the gate says, and what it could not measure; null before.</summary>
    public Blessing? Blessing { get; init; }

    /// <summary>What engineers decide about; null before it is sealed.</summary>
    public ReleaseManifest? Release { get; init; }

    /// <summary>Approvals that are needed; 0 before the release is sealed.</summary>
    public int Threshold { get; init; }

    /// <summary>Decisions so far.</summary>
    public ImmutableArray<SignedDecision> Decisions { get; init; } = [];

    /// <summary>The Publication; null before.</summary>
    public Publication? Publication { get; init; }

    /// <summary>The version it made; null unless it was promoted.</summary>
    public ChannelEntry? Entry { get; init; }

    /// <summary>How it ended; null while it goes on.</summary>
    public ColdStartOutcome? Outcome { get; init; }

    /// <summary>Why, in a sentence; empty while it goes on.</summary>
    public string Reason { get; init; } = "";
}
