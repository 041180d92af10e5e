using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Lifecycle.Alerting;
using Lifecycle.Alerting.Delivery;
using Lifecycle.Alerting.State;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Homes;
using Lifecycle.Client.Releases;
using Lifecycle.Definitions;
using Lifecycle.Domain.Alerts;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle alerts</c>: what fires, whether alerts.yaml is right, and whether its receivers can be reached.</summary>
public static class AlertsVerb
{
    /// <summary>The command with its parts.</summary>
    public static Command Create()
    {
        Command alerts = new("alerts", "What fires, whether alerts.yaml is right, and whether its receivers can be reached");
        alerts.Subcommands.Add(CreateList());
        alerts.Subcommands.Add(CreateCheck());
        alerts.Subcommands.Add(CreateTest());
        return alerts;
    }

    private static Command CreateList() =>
        Verb.Create("list", "List what fires, and messages that are on their way; exit code 1 when anything fires", "alerts list", "alerts list --json")
            .Does([], async (parsed, output, cancellation) =>
            {
                AlertStore store = new(await BlobRooms.OpenStoreAsync(GlobalOptions.BlobOf(parsed), cancellation));
                AlertState state = await store.ReadAsync(cancellation);
                ImmutableArray<FiringAlert> firing =
                [
                    .. state.Groups.SelectMany(group => group.Value.Alerts.Values.Select(tracked => new FiringAlert(group.Key, tracked.Source, tracked.Alert)))
                        .Where(entry => entry.Alert.IsFiring)
                        .OrderByDescending(entry => entry.Alert.Severity).ThenBy(entry => entry.Alert.StartsAt),
                ];
                output.Result(new AlertList(firing, [.. state.Outbox.Select(entry => new MessageOnItsWay(entry.Message.Id, entry.Receivers))]), console => Draw(console, firing, state));
                return firing.IsEmpty ? ExitCodes.Success : ExitCodes.Negative;
            });

    private static Command CreateCheck()
    {
        Option<string?> file = FileOption();
        return Verb.Create("check", "Check alerts.yaml without sending anything", "alerts check", "alerts check --file alerts.yaml")
            .Does([file], (parsed, output, _) =>
            {
                (string path, AlertPolicy policy) = Read(parsed, file);
                output.Result(policy, console => console.Line(File.Exists(path)
                    ? $"{path}: {policy.Receivers.Count} receivers, {policy.Routes.Length} routes, {policy.Rules.Count} rules"
                    : $"no {path}: the default rules write into {AlertPolicyReader.DefaultMessagesFile} beside it"));
                return Task.FromResult(ExitCodes.Success);
            });
    }

    private static Command CreateTest()
    {
        Option<string?> file = FileOption();
        Option<string?> receiver = new("--receiver") { Description = "Only this receiver", HelpName = "NAME" };
        return Verb.Create("test", "Send a test message to each receiver of alerts.yaml, from this machine", "alerts test", "alerts test --receiver on-call")
            .Does([file, receiver], async (parsed, output, cancellation) =>
            {
                AlertPolicy policy = Read(parsed, file).Policy;
                string[] names = Chosen(policy, parsed.GetValue(receiver));
                using AlertSenders senders = new(policy, TimeProvider.System);
                List<ReceiverTrial> trials = [];
                foreach (string name in names)
                {
                    trials.Add(await TryAsync(senders, name, cancellation));
                }

                output.Result(trials, console => trials.ForEach(trial => console.Line($"{trial.Receiver}: {trial.Problem ?? "taken"}")));
                return trials.TrueForAll(trial => trial.Problem is null) ? ExitCodes.Success : ExitCodes.Negative;
            });
    }

    private static Option<string?> FileOption() => new("--file") { Description = "The file (default: $LIFECYCLE_ALERTS, else alerts.yaml in the home)", HelpName = "FILE" };

    private static (string Path, AlertPolicy Policy) Read(ParseResult parsed, Option<string?> file)
    {
        HomeFolder home = GlobalOptions.HomeOf(parsed);
        if (parsed.GetValue(file) is { } named)
        {
            return (Path.GetFullPath(named), AlertPolicyReader.Read(named));
        }

        return (home.Alerts, AlertPolicyReader.ReadOrDefault(home.Alerts));
    }

    private static string[] Chosen(AlertPolicy policy, string? receiver)
    {
        if (receiver is null)
        {
            return [.. policy.Receivers.Keys];
        }

        return policy.Receivers.ContainsKey(receiver)
            ? [receiver]
            : throw new CommandException(ExitCodes.BadInput, $"alerts.yaml has no receiver '{receiver}'; it has: {string.Join(", ", policy.Receivers.Keys)}");
    }

    private static async Task<ReceiverTrial> TryAsync(AlertSenders senders, string name, CancellationToken cancellation)
    {
        try
        {
            await senders.Find(name)!.SendAsync(AlertMessages.Test(name, TimeProvider.System.GetUtcNow()), cancellation);
            return new ReceiverTrial(name, null);
        }
        catch (AlertDeliveryException failure)
        {
            return new ReceiverTrial(name, failure.Message);
        }
    }

    private static void Draw(IAnsiConsole console, ImmutableArray<FiringAlert> firing, AlertState state)
    {
        if (firing.IsEmpty)
        {
            console.Line("nothing fires");
        }
        else
        {
            Table table = Texts.Table("severity", "rule", "since", "count", "summary", "group");
            foreach ((string group, _, Alert alert) in firing)
            {
                table.AddRow(
                    new Text($"{alert.Severity}"), new Text(alert.Rule),
                    new Text(alert.StartsAt.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                    new Text($"{alert.Count}"), new Text(Texts.Visible(alert.Summary)), new Text(Texts.Short(group)));
            }

            console.Write(table);
        }

        foreach (OutboxEntry entry in state.Outbox)
        {
            console.Line($"on its way: message {entry.Message.Id} to {string.Join(", ", entry.Receivers)}, made at {entry.Message.CreatedAt:u}");
        }
    }

    private sealed record AlertList(ImmutableArray<FiringAlert> Firing, ImmutableArray<MessageOnItsWay> Outbox);

    private sealed record FiringAlert(string Group, string Source, Alert Alert);

    private sealed record MessageOnItsWay(string MessageId, ImmutableArray<string> Receivers);

    private sealed record ReceiverTrial(string Receiver, string? Problem);
}
