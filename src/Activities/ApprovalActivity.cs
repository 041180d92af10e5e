using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Releases;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>Stage 8, Approval: prepares what engineers decide about, and verifies what they signed.</summary>
public sealed class ApprovalActivity(ArtifactStore artifacts, KeyFolder keys, RequestDesk desk) : IApprovalActivity
{
    internal static readonly string BuilderId =
        $"https://lifecycle.dev/worker@{typeof(ApprovalActivity).Assembly.GetName().Version!.ToString(3)}";

    /// <inheritdoc/>
    [Activity]
    public Task<ReleaseManifest> PrepareReleaseAsync(ReleaseInput input) => StageScope.RunAsync(async cancellation =>
    {
        RetrainingState run = input.Run;
        return await new ReleaseAssembler(artifacts).AssembleAsync(
            new ReleaseFacts
            {
                Definition = await artifacts.ReadDefinitionAsync(input.Definition, cancellation),
                Origin = new TrainedFacts(
                    Made(run.Snapshot, RetrainingStage.Snapshot), Made(run.Validation, RetrainingStage.Validation),
                    Made(run.Features, RetrainingStage.Features), Made(run.Challenger, RetrainingStage.Training)),
                Export = Made(run.Export, RetrainingStage.Export),
                Evaluation = Made(run.Evaluation, RetrainingStage.Evaluation),
                Blessing = Made(run.Blessing, RetrainingStage.Blessing),
                Enrolment = keys.ReadTrustRoot().Enrolment,
                Champion = input.Champion,
                InvocationId = input.InvocationId,
                RequestedBy = run.Triggers[0].RequestedBy,
                Request = desk.Proven(run.Triggers[0].Signed),
                BuilderId = BuilderId,
                StartedAt = input.StartedAt,
                FinishedAt = input.FinishedAt,
            },
            cancellation);
    });

    /// <inheritdoc/>
    [Activity]
    public Task<SignedDecision> VerifyDecisionAsync(DecisionInput input) => StageScope.RunAsync(_ => DecisionDelivery.Verify(
        input.Envelope, input.Expected, keys.ReadTrustRoot().Enrolment, input.Release, input.Policy, input.Now));

    private static T Made<T>(T? result, RetrainingStage stage)
        where T : class =>
        result ?? throw new InvalidRequestException($"the run has no result of stage {stage}; a release needs every stage before it");
}
