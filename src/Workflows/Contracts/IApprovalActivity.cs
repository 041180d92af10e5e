using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>Stage 8, Approval.</summary>
public interface IApprovalActivity
{
    /// <summary>Writes everything that would ship, and the manifest that engineers decide about.</summary>
    [Activity]
    Task<ReleaseManifest> PrepareReleaseAsync(ReleaseInput input);

    /// <summary>
    /// Verifies a signed decision against the enrolment: key, digests, person, time. Fails with
    /// <see cref="FailureTypes.DecisionRefused"/> and the reason.
    /// </summary>
    [Activity]
    Task<SignedDecision> VerifyDecisionAsync(DecisionInput input);
}

/// <summary>Input of the release's preparation: the run so far.</summary>
public sealed record ReleaseInput(RunDefinition Definition, RetrainingState Run)
{
    /// <summary>Where the ReleaseChannel is; null when it is empty.</summary>
    public ChannelEntry? Champion { get; init; }

    /// <summary>The run, <c>temporal://&lt;namespace&gt;/&lt;workflow id&gt;/&lt;first run id&gt;</c>.</summary>
    public required string InvocationId { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the Blessing was given.</summary>
    public required DateTimeOffset FinishedAt { get; init; }
}

/// <summary>Input of a decision's verification.</summary>
public sealed record DecisionInput(DecisionEnvelope Envelope, DecisionKind Expected, ReleaseManifest Release, ApprovalPolicy Policy)
{
    /// <summary>The time to judge validity by: the workflow's, so that a retry judges the same.</summary>
    public required DateTimeOffset Now { get; init; }
}
