using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Releases;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Watching;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle channel watch</c>: how the live version does against the one before.</summary>
public static class ChannelWatchVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = ChannelVerb.Model();
        ChannelOption channel = new();
        Option<long?> version = new("--version") { Description = "Version to show the watch of (default: the newest promotion)", HelpName = "VERSION" };
        return Verb.Create(
            "watch", "Show how a promoted version does against the one before; exits 1 when a bound is passed",
            "channel watch disposable-domain", "channel watch disposable-domain --version 3 --json")
            .Does([model, channel.Option, version], async (parsed, output, cancellation) =>
            {
                ReleaseChannels channels = await BlobRooms.OpenChannelsAsync(GlobalOptions.BlobOf(parsed), cancellation);
                string name = channel.Of(parsed, parsed.GetValue(model)!);
                IReadOnlyList<ChannelEntry> history = await channels.HistoryAsync(parsed.GetValue(model)!, name, cancellation);
                ChannelEntry entry = Choose(history, parsed.GetValue(model)!, name, parsed.GetValue(version));
                if (Unwatched(entry) is { } kind)
                {
                    throw new CommandException(ExitCodes.BadInput, $"version {entry.Version} on {name} is {kind}, which is not watched; 'lifecycle channel history {entry.Model}{ChannelOption.Hint(name)}' shows the promotions");
                }

                ITemporalClient client = await GlobalOptions.ConnectionOf(parsed).ConnectAsync(cancellation);
                PromotionWatchState state = await ReadAsync(client, entry, cancellation);
                output.Result(state, console => PromotionWatchText.Draw(console, state));
                return state.Report?.Verdict == PromotionVerdict.Breached ? ExitCodes.Negative : ExitCodes.Success;
            });
    }

    /// <summary>The state of a version's watch.</summary>
    /// <exception cref="CommandException">It never had one, or the engine no longer knows it.</exception>
    public static async Task<PromotionWatchState> ReadAsync(ITemporalClient client, ChannelEntry entry, CancellationToken cancellation)
    {
        string id = WorkflowIds.PromotionWatch(entry.Model, entry.Channel, entry.Version);
        try
        {
            RpcOptions rpc = new() { CancellationToken = cancellation };
            var watch = client.GetWorkflowHandle<PromotionWatchWorkflow, PromotionWatchState>(id);
            PromotionWatchState state = await watch.QueryAsync(one => one.State, new() { Rpc = rpc });
            WorkflowExecutionStatus status = (await watch.DescribeAsync(new() { Rpc = rpc })).Status;
            return state.Outcome is not null || status == WorkflowExecutionStatus.Running
                ? state
                : throw new CommandException(ExitCodes.Negative, $"the watch of version {entry.Version} on {entry.Channel} is {status}, after {state.Looks} looks; see 'temporal workflow show --workflow-id {id}'");
        }
        catch (RpcException missing) when (missing.Code == RpcException.StatusCode.NotFound)
        {
            throw new CommandException(
                ExitCodes.BadInput, $"version {entry.Version} on {entry.Channel} has no watch that the engine knows ({id}): only runs that promote begin one, and the engine forgets it after its retention", missing);
        }
    }

    private static string? Unwatched(ChannelEntry entry) => entry switch
    {
        { Move: ChannelMove.Rollback } => "a rollback",
        _ when entry.Origin is ReferenceOrigin => "a cold start",
        _ => null,
    };

    private static ChannelEntry Choose(IReadOnlyList<ChannelEntry> history, string model, string channel, long? version)
    {
        if (history.Count == 0)
        {
            throw ChannelVerb.Empty(model, channel);
        }

        return version is null
            ? history.Last(entry => entry.Move == ChannelMove.Promotion)
            : history.FirstOrDefault(entry => entry.Version == version)
                ?? throw new CommandException(ExitCodes.BadInput, $"{channel} of {model} has no version {version}; it has 1 to {history[^1].Version}");
    }
}
