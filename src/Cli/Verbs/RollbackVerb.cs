using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Cli.Releases;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Runs;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Rollback;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle rollback</c>: asks that a ReleaseChannel goes back to an earlier version.</summary>
public static class RollbackVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "Name of the model" };
        Option<long?> version = new("--to") { Description = "Version to go back to (default: the publication that was live before the live one)", HelpName = "VERSION" };
        ChannelOption channel = new();
        RequesterOptions requester = new(isRequired: true);
        Option<string> reason = new("--reason") { Description = "Why, in a sentence", Required = true, HelpName = "TEXT" };
        return Verb.Create(
            "rollback", "Propose that a channel goes back to an earlier publication; release engineers then approve it",
            "rollback disposable-domain --as grace --reason \"refuses our own mail provider\"",
            "rollback disposable-domain --to 3 --as grace --reason \"as agreed\" --json")
            .Does([model, version, channel.Option, .. requester.All, reason], async (parsed, output, cancellation) =>
            {
                RollbackRequest request = new()
                {
                    Model = parsed.GetValue(model)!,
                    Channel = channel.Of(parsed, parsed.GetValue(model)!),
                    ToVersion = parsed.GetValue(version),
                    RequestedBy = requester.NameOf(parsed),
                    Reason = parsed.GetValue(reason)!,
                };
                request = requester.Signs(parsed) ? await SignAsync(parsed, requester, request, cancellation) : request;
                EngineLine line = await EngineLine.OpenAsync(GlobalOptions.ConnectionOf(parsed), cancellation);
                var rollback = await StartAsync(line.Client, request, cancellation);
                RollbackState state = await WaitForProposalAsync(line, rollback, output.Progress, cancellation);
                output.Result(state, console => RollbackText.Draw(console, state));
                return ExitCodes.Success;
            });
    }

    // A signature is over the version that its signer saw live: played back later, it asks for nothing.
    private static async Task<RollbackRequest> SignAsync(ParseResult parsed, RequesterOptions requester, RollbackRequest request, CancellationToken cancellation)
    {
        ReleaseChannels channels = await BlobRooms.OpenChannelsAsync(GlobalOptions.BlobOf(parsed), cancellation);
        ChannelEntry live = await channels.ReadAsync(request.Model, request.Channel, cancellation) ?? throw ChannelVerb.Empty(request.Model, request.Channel);
        RollbackRequest complete = request with { FromVersion = live.Version };
        return complete with { Signed = requester.Sign(parsed, complete.Asks()) };
    }

    /// <summary>Starts a rollback; refuses when one is in flight on the channel.</summary>
    public static async Task<WorkflowHandle<RollbackWorkflow, RollbackState>> StartAsync(
        ITemporalClient client, RollbackRequest request, CancellationToken cancellation)
    {
        WorkflowOptions options = new(WorkflowIds.Rollback(request.Model, request.Channel), TaskQueues.Lifecycle)
        {
            StaticSummary = $"rollback of {request.Channel} for {request.Model}",
            Rpc = new() { CancellationToken = cancellation },
        };
        try
        {
            return await client.StartWorkflowAsync((RollbackWorkflow workflow) => workflow.RunAsync(request), options);
        }
        catch (WorkflowAlreadyStartedException running)
        {
            throw new CommandException(
                ExitCodes.Negative, $"a rollback of {request.Channel} for {request.Model} is in flight; see 'lifecycle show {request.Model} --rollback'", running);
        }
    }

    /// <summary>The latest rollback of a channel.</summary>
    public static WorkflowHandle<RollbackWorkflow, RollbackState> Find(ITemporalClient client, string model, string channel) =>
        client.GetWorkflowHandle<RollbackWorkflow, RollbackState>(WorkflowIds.Rollback(model, channel));

    /// <summary>Shows the latest rollback of a channel.</summary>
    public static async Task<int> ShowAsync(
        ITemporalClient client, string model, string channel, CommandOutput output, CancellationToken cancellation)
    {
        var rollback = Find(client, model, channel);
        RollbackState state = await AskedForAsync(
            () => rollback.QueryAsync(workflow => workflow.State, new() { Rpc = new() { CancellationToken = cancellation } }),
            $"nobody asked for a rollback of {channel} for {model}; ask with: lifecycle rollback {model}{ChannelOption.Hint(channel)} --as NAME --reason TEXT");
        string? failure = await RunFailures.OfAsync(rollback, cancellation);
        output.Result(state, console => RollbackText.Draw(console, state, failure));
        return ExitCodes.Success;
    }

    /// <summary>The state of a workflow; where there is none, what to do.</summary>
    internal static async Task<T> AskedForAsync<T>(Func<Task<T>> ask, string otherwise)
    {
        try
        {
            return await ask();
        }
        catch (RpcException missing) when (missing.Code == RpcException.StatusCode.NotFound)
        {
            throw new CommandException(ExitCodes.BadInput, otherwise, missing);
        }
    }

    /// <summary>Waits until the rollback has a proposal. A request that cannot be met fails it, and that failure is the answer.</summary>
    public static Task<RollbackState> WaitForProposalAsync(
        EngineLine line, WorkflowHandle<RollbackWorkflow, RollbackState> rollback, Action<string> tell, CancellationToken cancellation) =>
        new WorkflowFollower<RollbackWorkflow, RollbackState>(line, rollback.Id, rollback.RunId ?? rollback.ResultRunId, tell, TimeProvider.System)
            .FollowAsync(workflow => workflow.State, _ => { }, state => state.Proposal is not null, cancellation);
}
