using System.CommandLine;
using Lifecycle.Cli.Output;
using Lifecycle.Cli.Releases;
using Lifecycle.Cli.Runs;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.ColdStart;
using Lifecycle.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle cold-start</c>: a model without labels goes live as its ReferenceModel.</summary>
public static class ColdStartVerb
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

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
            "cold-start tracker-host --as grace --note \"the form goes live on Monday\"", "approve tracker-host --cold-start --as ada", "cold-start tracker-host --as grace --wait --json")
            .Does([model, .. requester.All, channel.Option, note, wait], async (parsed, output, cancellation) =>
            {
                ColdStartRequest request = new()
                {
                    Model = parsed.GetValue(model)!,
                    RequestedBy = requester.NameOf(parsed),
                    Note = parsed.GetValue(note)!,
                };
                request = request with { Signed = requester.Sign(parsed, AskedFor.Of(request, channel.Of(parsed, request.Model))) };
                ITemporalClient client = await GlobalOptions.ConnectionOf(parsed).ConnectAsync(cancellation);
                var start = await StartAsync(client, request, cancellation);
                ColdStartState state = await WaitForReleaseAsync(start, cancellation);
                if (parsed.GetValue(wait) && state.Outcome is null)
                {
                    output.Progress($"{request.Model} waits for {state.Threshold} approvals of release {Texts.Short(state.Release!.Digest)}");
                    state = await ResultAsync(start, cancellation);
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
    public static async Task<ColdStartState> WaitForReleaseAsync(
        WorkflowHandle<ColdStartWorkflow, ColdStartState> start, CancellationToken cancellation)
    {
        RpcOptions rpc = new() { CancellationToken = cancellation };
        Task<ColdStartState> result = ResultAsync(start, cancellation);
        while (!result.IsCompleted)
        {
            if (await AskAsync(start, rpc) is { Release: not null } waiting)
            {
                return waiting;
            }

            await Task.WhenAny(result, Task.Delay(Pause, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }

        return await result;
    }

    // The engine may go away while we wait, and be back in a moment; the cold start goes on in either case.
    private static async Task<ColdStartState> ResultAsync(WorkflowHandle<ColdStartWorkflow, ColdStartState> start, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await start.GetResultAsync(rpcOptions: new() { CancellationToken = cancellation });
            }
            catch (RpcException away) when (away.Code is
                RpcException.StatusCode.Unavailable or RpcException.StatusCode.Unknown or RpcException.StatusCode.DeadlineExceeded)
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    // An engine or a worker that does not answer a question right now is asked again.
    private static async Task<ColdStartState?> AskAsync(WorkflowHandle<ColdStartWorkflow, ColdStartState> start, RpcOptions rpc)
    {
        try
        {
            return await start.QueryAsync(workflow => workflow.State, new() { Rpc = rpc });
        }
        catch (Exception passing) when (passing is RpcException or WorkflowQueryFailedException or WorkflowQueryRejectedException)
        {
            return null;
        }
    }
}
