using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Approvals;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.ColdStart;

/// <summary>
/// One cold start: the ReferenceModel of a model that has no labels yet is compiled, held against itself, approved, published
/// and promoted, by the same activities as a trained one, as version 1 of its ReleaseChannel and no other. Its id is
/// <c>cold-start/&lt;model&gt;</c>, so that a model has one in flight at most. An expected ending completes it with that outcome; only
/// bad input and defects fail it.
/// </summary>
[Workflow]
public sealed partial class ColdStartWorkflow : DecidableWorkflow
{
    // A cold start makes the first version or none: whoever was there before it stays.
    private const long FirstVersion = 1;

    private readonly StageActivities activities;
    private ColdStartState state;

    /// <summary>Makes the state, so that queries and updates find it before the first step.</summary>
    [WorkflowInit]
    public ColdStartWorkflow(ColdStartRequest request)
    {
        state = new ColdStartState { Request = request };
        activities = new StageActivities(request.HeartbeatTimeout);
    }

    /// <summary>Where the cold start stands.</summary>
    [WorkflowQuery]
    public ColdStartState State => state;

    /// <summary>Takes note of somebody who asks for what is in flight.</summary>
    /// <param name="requestedBy">The name.</param>
    /// <param name="signed">The signed request; null when nobody signed, and then the name excludes nobody.</param>
    [WorkflowSignal(Description = "Somebody asks for the cold start that is in flight, and, where it is signed, may not approve it from then on.")]
    public async Task JoinAsync(string requestedBy, RequestEnvelope? signed = null)
    {
        if (requestedBy != state.Request.RequestedBy && !state.AlsoRequestedBy.Contains(requestedBy))
        {
            Set(state with { AlsoRequestedBy = state.AlsoRequestedBy.Add(requestedBy) });
        }

        if (signed is not null && signed != state.Request.Signed && !state.VerifiedRequesters.Contains(requestedBy)
            && await Requesters.VerifyAsync(new(RequestKind.ColdStart, state.Request.Model, requestedBy, signed), activities) is { } verified)
        {
            Set(state with { VerifiedRequesters = state.VerifiedRequesters.Add(verified) });
            WithdrawApprovalsOfRequesters();
        }
    }

    /// <summary>Compiles, judges, waits for the decisions, publishes and promotes.</summary>
    [WorkflowRun]
    public async Task<ColdStartState> RunAsync(ColdStartRequest request)
    {
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Model.ValueSet(request.Model));
        RunDefinition definition = await Workflow.ExecuteActivityAsync(
            (IColdStartActivity activity) => activity.ReadReferenceAsync(request), activities.Short($"read models/{request.Model}/model.yaml"));
        if (request.Signed is not null)
        {
            // Whoever reads the definition has verified it: a signature that does not count ends the cold start there.
            Set(state with { VerifiedRequesters = state.VerifiedRequesters.Add(request.RequestedBy) });
        }

        if (await ReadChannelAsync(definition) is { } live)
        {
            return await FinishAsync(ColdStartOutcome.Refused, Objection(live));
        }

        CompiledReference reference = await CompileAsync(definition);
        Blessing blessing = ColdStartGate.Judge(reference.Evaluation, definition.Gate, championVersion: null);
        Set(state with { Blessing = blessing });
        if (blessing.Verdict == BlessingVerdict.Refused)
        {
            return await FinishAsync(ColdStartOutcome.Refused, StageNotes.Of(blessing));
        }

        ReleaseManifest release = await PrepareAsync(definition, reference, blessing);
        WaitingStage.Begin();
        ApprovalTally tally = await CollectAsync(RoundOf(release, definition.Approval));
        WaitingStage.End();
        return tally.IsApproved
            ? await PromoteAsync(definition, release)
            : await FinishAsync(tally.Rejection is null ? ColdStartOutcome.ApprovalTimedOut : ColdStartOutcome.Rejected, tally.Sentence);
    }

    private static string Objection(ChannelEntry live) =>
        $"version {live.Version} is live on {live.Channel} (snapshot {live.Snapshot}): a reference model that was not measured replaces nothing; start 'lifecycle retrain {live.Model}' instead";

    private Task<ChannelEntry?> ReadChannelAsync(RunDefinition definition)
    {
        ChannelName channel = new(definition.Model, definition.Channel);
        return Workflow.ExecuteActivityAsync(
            (IPromotionActivity activity) => activity.ReadChannelAsync(channel), activities.Short($"is {channel.Channel} empty"));
    }

    private async Task<CompiledReference> CompileAsync(RunDefinition definition)
    {
        CompiledReference reference = await Workflow.ExecuteActivityAsync(
            (IColdStartActivity activity) => activity.CompileReferenceAsync(definition),
            activities.Long("compile the reference model and hold the graph against it"));
        Set(state with { Reference = reference });
        return reference;
    }

    private async Task<ReleaseManifest> PrepareAsync(RunDefinition definition, CompiledReference reference, Blessing blessing)
    {
        ReferenceReleaseInput input = new(definition, state.Request, reference, blessing)
        {
            InvocationId = Invocation.Id,
            StartedAt = Workflow.Info.WorkflowStartTime,
            FinishedAt = Workflow.UtcNow,
        };
        ReleaseManifest release = await Workflow.ExecuteActivityAsync(
            (IColdStartActivity activity) => activity.PrepareReferenceAsync(input), activities.Long("prepare the release for decision"));
        Set(state with { Release = release, Threshold = definition.Approval.RequiredFor(release) });
        return release;
    }

    private async Task<ColdStartState> PromoteAsync(RunDefinition definition, ReleaseManifest release)
    {
        // Asked again before anything is signed: days may have passed while engineers looked.
        if (await ReadChannelAsync(definition) is { } live)
        {
            return await FinishAsync(ColdStartOutcome.Overtaken, Objection(live));
        }

        PublicationInput input = new(release, definition.Approval) { Decisions = state.Decisions, AlsoRequestedBy = state.VerifiedRequesters };
        Publication publication = await Workflow.ExecuteActivityAsync(
            (IPublicationActivity activity) => activity.PublishReleaseAsync(input), activities.Publish("sign and upload"));
        Set(state with { Publication = publication });
        ChannelEntry wanted = new(
            definition.Model, definition.Channel, FirstVersion, ChannelMove.Promotion, publication,
            Origin.ReferenceName, Workflow.UtcNow, release.InvocationId)
        {
            Grounds = new(release.RequestedBy, release.IsRequesterVerified, publication.ApprovedBy, state.Request.Note),
        };
        try
        {
            ChannelEntry entry = await Workflow.ExecuteActivityAsync(
                (IPromotionActivity activity) => activity.RequestPromotionAsync(wanted), activities.Publish($"move {definition.Channel} to version {FirstVersion}"));
            Set(state with { Entry = entry });
            return await FinishAsync(ColdStartOutcome.Promoted, $"{StageNotes.Of(entry)}: a reference model, not measured against labels");
        }
        catch (ActivityFailureException failure)
            when (failure.InnerException is ApplicationFailureException { ErrorType: FailureTypes.ChannelMoved } moved)
        {
            return await FinishAsync(ColdStartOutcome.Overtaken, moved.Message);
        }
    }

    private async Task<ColdStartState> FinishAsync(ColdStartOutcome outcome, string reason)
    {
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Verdict.ValueSet(outcome.ToString()));
        Set(state with { Outcome = outcome, Reason = reason });
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return state;
    }

    private void Set(ColdStartState changed)
    {
        state = changed;
        Workflow.CurrentDetails = ColdStartDetails.Of(changed);
    }
}
