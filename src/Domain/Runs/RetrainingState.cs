using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Runs;

/// <summary>Where a stage stands.</summary>
public enum StageStatus
{
    /// <summary>Not yet reached.</summary>
    Pending,

    /// <summary>In work.</summary>
    Running,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Ended the run with a verdict.</summary>
    Stopped,
}

/// <summary>One stage of a RetrainingRun with its times, as the workflow saw them.</summary>
public sealed record StageProgress(RetrainingStage Stage, StageStatus Status)
{
    /// <summary>When the stage began; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the stage ended; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>One line for people: what the stage produced or why it stopped.</summary>
    public string Note { get; init; } = "";
}

/// <summary>
/// Everything a RetrainingRun knows: the answer of its <c>state</c> query, and, once closed, its result.
/// Small by construction: rows and bytes are behind <see cref="ArtifactRef"/>.
/// </summary>
public sealed record RetrainingState
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Reasons for the run, the first one first.</summary>
    public ImmutableArray<TriggerReason> Triggers { get; init; } = [];

    /// <summary>Everyone whose signed request was verified; they may not approve the run.</summary>
    public ImmutableArray<string> VerifiedRequesters { get; init; } = [];

    /// <summary>Which of <see cref="Triggers"/>, counted from 0, have a signature that was verified. A name alone does not tell: anybody can type the name of somebody who has signed.</summary>
    public ImmutableArray<int> VerifiedTriggers { get; init; } = [];

    /// <summary>Whether a signature proves who gave a reason.</summary>
    public bool IsVerified(TriggerReason trigger) => VerifiedTriggers.Contains(Triggers.IndexOf(trigger));

    /// <summary>The state with a reason whose signature was verified: whoever gave it may not approve.</summary>
    public RetrainingState WithVerified(TriggerReason trigger) => this with
    {
        VerifiedRequesters = VerifiedRequesters.Add(trigger.RequestedBy),
        VerifiedTriggers = VerifiedTriggers.Add(Triggers.IndexOf(trigger)),
    };

    /// <summary>All stages, in order.</summary>
    public ImmutableArray<StageProgress> Stages { get; init; } =
        [.. Enum.GetValues<RetrainingStage>().Select(stage => new StageProgress(stage, StageStatus.Pending))];

    /// <summary>Name of the slice that decides in the gate; empty before the model definition was read.</summary>
    public string PrimarySlice { get; init; } = "";

    /// <summary>How the run ended; null while it goes on.</summary>
    public RetrainingOutcome? Outcome { get; init; }

    /// <summary>Why, in a sentence; empty while the run goes on.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Result of stage Snapshot.</summary>
    public DataSnapshot? Snapshot { get; init; }

    /// <summary>Result of stage Validation.</summary>
    public ValidationReport? Validation { get; init; }

    /// <summary>Result of stage Features.</summary>
    public FeatureSet? Features { get; init; }

    /// <summary>Result of stage Training.</summary>
    public Challenger? Challenger { get; init; }

    /// <summary>Result of stage Export.</summary>
    public OnnxModel? Export { get; init; }

    /// <summary>Result of stage Evaluation.</summary>
    public EvaluationReport? Evaluation { get; init; }

    /// <summary>Result of stage Blessing.</summary>
    public Blessing? Blessing { get; init; }

    /// <summary>The release that engineers decide about; set when stage Approval begins.</summary>
    public ReleaseManifest? Release { get; init; }

    /// <summary>Decisions so far.</summary>
    public ImmutableArray<SignedDecision> Decisions { get; init; } = [];

    /// <summary>Result of stage Publication.</summary>
    public Publication? Publication { get; init; }

    /// <summary>Result of stage Promotion.</summary>
    public ChannelEntry? Channel { get; init; }
}
