using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows.Contracts;
using Microsoft.Extensions.Logging;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Retraining;

/// <content>Stage 8, Approval: signed decisions of release engineers, delivered by update.</content>
public sealed partial class RetrainingWorkflow
{
    // A decision that cannot be verified must not hold up the ones after it.
    private static readonly TimeSpan VerificationLimit = TimeSpan.FromMinutes(5);

    private readonly Temporalio.Workflows.Mutex deciding = new();
    private ApprovalPolicy policy = new();

    private ApprovalTally Tally => ApprovalRules.Tally(State.Decisions, State.Release!, policy, Workflow.UtcNow);

    private bool IsDeciding => State.Release is not null && State.Outcome is null && State.Publication is null
        && State.Stages[(int)RetrainingStage.Approval].Status == StageStatus.Running;

    /// <summary>Counts an engineer's signed Approval.</summary>
    [WorkflowUpdate(Description = "Counts a release engineer's signed approval of the release in question.")]
    public Task<DecisionReceipt> ApproveAsync(DecisionEnvelope envelope) => DecideAsync(envelope, DecisionKind.Approve);

    /// <summary>Refuses what cannot count, without an event in the history.</summary>
    [WorkflowUpdateValidator(nameof(ApproveAsync))]
    public void ValidateApprove(DecisionEnvelope envelope) => RequireOpenDecision(envelope);

    /// <summary>Ends the run by an engineer's signed Rejection.</summary>
    [WorkflowUpdate(Description = "Ends the run by a release engineer's signed rejection, with its reason.")]
    public Task<DecisionReceipt> RejectAsync(DecisionEnvelope envelope) => DecideAsync(envelope, DecisionKind.Reject);

    /// <summary>Refuses what cannot count, without an event in the history.</summary>
    [WorkflowUpdateValidator(nameof(RejectAsync))]
    public void ValidateReject(DecisionEnvelope envelope) => RequireOpenDecision(envelope);

    private async Task<(RetrainingOutcome Outcome, string Reason)?> AwaitApprovalAsync(RunDefinition definition, ChannelEntry? champion)
    {
        policy = definition.Approval;
        progress.Begin(RetrainingStage.Approval);
        await PrepareReleaseAsync(definition, champion);
        await WaitForDecisionsAsync();
        ApprovalTally tally = Tally;
        if (tally.Rejection is not null)
        {
            return (RetrainingOutcome.Rejected, tally.Sentence);
        }

        if (!tally.IsApproved)
        {
            return (RetrainingOutcome.ApprovalTimedOut, $"{tally.Sentence} within {policy.Timeout}");
        }

        progress.End(RetrainingStage.Approval, StageStatus.Completed, $"approved by {string.Join(" and ", tally.ApprovedBy)}");
        return null;
    }

    private async Task PrepareReleaseAsync(RunDefinition definition, ChannelEntry? champion)
    {
        WorkflowInfo info = Workflow.Info;
        ReleaseInput input = new(definition, State)
        {
            Champion = champion,
            InvocationId = $"temporal://{info.Namespace}/{info.WorkflowId}/{info.FirstExecutionRunId}",
            StartedAt = info.WorkflowStartTime,
            FinishedAt = Workflow.UtcNow,
        };
        ReleaseManifest release = await Workflow.ExecuteActivityAsync(
            (IApprovalActivity activity) => activity.PrepareReleaseAsync(input),
            stages.Long("prepare the release for decision"));
        progress.Set(state => state with { Release = release });
    }

    private async Task WaitForDecisionsAsync()
    {
        DateTime deadline = Workflow.UtcNow + policy.Timeout;
        while (!IsDecided() && Workflow.UtcNow < deadline)
        {
            TimeSpan remaining = deadline - Workflow.UtcNow;
            TimeSpan pause = policy.ReminderInterval < remaining ? policy.ReminderInterval : remaining;
            if (!await Workflow.WaitConditionWithOptionsAsync(new(IsDecided, pause, "approval reminder", null)))
            {
                Workflow.Logger.LogWarning(
                    "{Model} still waits for approval of release {Release}: {Tally}",
                    State.Model, State.Release!.Digest, Tally.Sentence);
            }
        }
    }

    private bool IsDecided()
    {
        ApprovalTally tally = Tally;
        return tally.Rejection is not null || tally.IsApproved;
    }

    private async Task<DecisionReceipt> DecideAsync(DecisionEnvelope envelope, DecisionKind kind)
    {
        await deciding.WaitOneAsync();
        try
        {
            RequireOpenDecision(envelope);
            SignedDecision decision = await VerifyAsync(envelope, kind);
            RequireOpenDecision(envelope);
            RequireBystander(decision.Statement);
            if (ApprovalRules.Admit(decision, State.Decisions) is { } objection)
            {
                throw Refusal(objection.Sentence);
            }

            progress.Set(state => state with { Decisions = state.Decisions.Add(decision) });
            return new DecisionReceipt(decision.Statement.Engineer, kind, Tally.ApprovedBy.Length, State.Release!.Digest);
        }
        finally
        {
            deciding.ReleaseMutex();
        }
    }

    private Task<SignedDecision> VerifyAsync(DecisionEnvelope envelope, DecisionKind kind)
    {
        DecisionInput input = new(envelope, kind, State.Release!, policy) { Now = Workflow.UtcNow };
        ActivityOptions call = stages.Short("verify a signed decision");
        call.ScheduleToCloseTimeout = VerificationLimit;
        return Workflow.ExecuteActivityAsync((IApprovalActivity activity) => activity.VerifyDecisionAsync(input), call);
    }

    private void RequireOpenDecision(DecisionEnvelope? envelope)
    {
        if (string.IsNullOrWhiteSpace(envelope?.Bundle))
        {
            throw Refusal("the decision has no member 'bundle'; 'lifecycle approve MODEL --as ENGINEER --print' writes one");
        }

        if (!IsDeciding)
        {
            throw Refusal($"the run of {State.Model} is not waiting for a decision; see its state query");
        }

        if (State.Decisions.Any(decision => decision.Bundle == envelope.Bundle))
        {
            throw Refusal("this very decision was already counted");
        }
    }

    // Whoever gave a reason for the run, first or later, may reject it but not approve it.
    private void RequireBystander(DecisionStatement statement)
    {
        if (statement.Decision == DecisionKind.Approve && State.Triggers.Any(trigger =>
            string.Equals(trigger.RequestedBy.Trim(), statement.Engineer, StringComparison.OrdinalIgnoreCase)))
        {
            throw Refusal($"{statement.Engineer} asked for this run and may not approve it: another engineer has to");
        }
    }

    private static ApplicationFailureException Refusal(string reason) =>
        new(reason, errorType: FailureTypes.DecisionRefused, nonRetryable: true);
}
