using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Cli.Releases;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Runs;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Releases;
using Lifecycle.Workflows;
using Lifecycle.Workflows.ColdStart;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle cold-start</c>: a model without labels goes live as its ReferenceModel.</summary>
public static class ColdStartVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "Name of the model; its model.yaml has 'reference.coldStart'" };
        RequesterOptions requester = new(isRequired: false);
        ChannelOption channel = new("Release channel that a signed request is about");
        Option<string> note = new("--note") { Description = "Why, in a sentence", DefaultValueFactory = _ => "", HelpName = "TEXT" };
        Option<bool> wait = new("--wait") { Description = "Follow it until it ends; exit 1 unless it was promoted" };
        return Verb.Create(
            "cold-start", "Propose the reference model of a model without labels as version 1 of its channel, or join the proposal in flight; release engineers then approve it",
            "cold-start disposable-domain --as grace --note \"the form goes live on Monday\"", "approve disposable-domain --cold-start --as ada", "cold-start disposable-domain --as grace --wait --json")
            .Does([model, .. requester.All, channel.Option, note, wait], async (parsed, output, cancellation) =>
            {
                ColdStartRequest request = new()
                {
                    Model = parsed.GetValue(model)!,
                    RequestedBy = requester.NameOf(parsed),
                    Note = parsed.GetValue(note)!,
                };
                request = request with { Signed = requester.Sign(parsed, request.Asks(channel.Of(parsed, request.Model))) };
                EngineLine line = await EngineLine.OpenAsync(GlobalOptions.ConnectionOf(parsed), cancellation);
                var start = await StartAsync(line.Client, request, cancellation);
                ColdStartState state = await WaitForReleaseAsync(line, start, output.Progress, cancellation);
                if (parsed.GetValue(wait) && state.Outcome is null)
                {
                    output.Progress($"{request.Model} waits for {state.Threshold} approvals of release {Texts.Short(state.Release!.Digest)}");
                    state = await Follower(line, start, output.Progress)
                        .FollowAsync(workflow => workflow.State, _ => { }, _ => false, cancellation);
                }

                output.Result(state, console => ColdStartText.Draw(console, state));
                return state.Outcome is null or ColdStartOutcome.Promoted ? ExitCodes.Success : ExitCodes.Negative;
            });
    }

    /// <summary>Starts a cold start, or joins the one in flight.</summary>
    public static Task<WorkflowHandle<ColdStartWorkflow, ColdStartState>> StartAsync(
        ITemporalClient client, ColdStartRequest request, CancellationToken cancellation)
    {
        WorkflowOptions options = new(WorkflowIds.ColdStart(request.Model), TaskQueues.Lifecycle)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
            StaticSummary = $"cold start of {request.Model}",
            Rpc = new() { CancellationToken = cancellation },
        };
        options.SignalWithStart((ColdStartWorkflow workflow) => workflow.JoinAsync(request.RequestedBy, request.Signed));
        return client.StartWorkflowAsync((ColdStartWorkflow workflow) => workflow.RunAsync(request), options);
    }

    /// <summary>The latest cold start of a model.</summary>
    public static WorkflowHandle<ColdStartWorkflow, ColdStartState> Find(ITemporalClient client, string model) =>
        client.GetWorkflowHandle<ColdStartWorkflow, ColdStartState>(WorkflowIds.ColdStart(model));

    /// <summary>Shows the latest cold start of a model.</summary>
    public static async Task<int> ShowAsync(ITemporalClient client, string model, CommandOutput output, CancellationToken cancellation)
    {
        var start = Find(client, model);
        ColdStartState state = await RollbackVerb.AskedForAsync(
            () => start.QueryAsync(workflow => workflow.State, new() { Rpc = new() { CancellationToken = cancellation } }),
            $"nobody asked for a cold start of {model}; ask with: lifecycle cold-start {model} --as NAME");
        string? failure = await RunFailures.OfAsync(start, cancellation);
        output.Result(state, console => ColdStartText.Draw(console, state, failure));
        return ExitCodes.Success;
    }

    /// <summary>Waits until there is a release to decide about, or an end. A request that cannot be met fails it, and that is the answer.</summary>
    public static Task<ColdStartState> WaitForReleaseAsync(
        EngineLine line, WorkflowHandle<ColdStartWorkflow, ColdStartState> start, Action<string> tell, CancellationToken cancellation) =>
        Follower(line, start, tell).FollowAsync(workflow => workflow.State, _ => { }, state => state.Release is not null, cancellation);

    private static WorkflowFollower<ColdStartWorkflow, ColdStartState> Follower(
        EngineLine line, WorkflowHandle<ColdStartWorkflow, ColdStartState> start, Action<string> tell) =>
        new(line, start.Id, start.RunId ?? start.ResultRunId, tell, TimeProvider.System) { Outside = Outside };

    private static string Outside(ColdStartState? state) => state is { Release: { } release, Publication: null }
        ? $"approval of release {Texts.Short(release.Digest)}, {state.Decisions.Length} of {state.Threshold} so far: lifecycle approve {state.Request.Model} --cold-start --as NAME"
        : "a timer or another workflow";
}
