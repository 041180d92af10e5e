using System.CommandLine;
using System.Globalization;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle channel</c>: which Publication is live, and which ones were.</summary>
public static class ChannelVerb
{
    /// <summary>The command with its parts.</summary>
    public static Command Create()
    {
        Command channel = new("channel", "Which publication is live on a release channel, and which ones were");
        channel.Subcommands.Add(CreateShow());
        channel.Subcommands.Add(CreateHistory());
        channel.Subcommands.Add(ChannelWatchVerb.Create());
        return channel;
    }

    /// <summary>The argument that names the model.</summary>
    internal static Argument<string> Model() => new("model") { Description = "Name of the model" };

    private static Command CreateShow()
    {
        Argument<string> model = Model();
        ChannelOption channel = new();
        return Verb.Create("show", "Show the live version", "channel show disposable-domain", "channel show disposable-domain --json")
            .Does([model, channel.Option], async (parsed, output, cancellation) =>
            {
                ReleaseChannels channels = await BlobRooms.OpenChannelsAsync(GlobalOptions.BlobOf(parsed), cancellation);
                ChannelEntry live = await channels.ReadAsync(parsed.GetValue(model)!, channel.Of(parsed, parsed.GetValue(model)!), cancellation)
                    ?? throw Empty(parsed.GetValue(model)!, channel.Of(parsed, parsed.GetValue(model)!));
                output.Result(live, console => Draw(console, [live]));
                return ExitCodes.Success;
            });
    }

    private static Command CreateHistory()
    {
        Argument<string> model = Model();
        ChannelOption channel = new();
        return Verb.Create("history", "List all versions, newest first", "channel history disposable-domain")
            .Does([model, channel.Option], async (parsed, output, cancellation) =>
            {
                ReleaseChannels channels = await BlobRooms.OpenChannelsAsync(GlobalOptions.BlobOf(parsed), cancellation);
                IReadOnlyList<ChannelEntry> entries =
                    await channels.HistoryAsync(parsed.GetValue(model)!, channel.Of(parsed, parsed.GetValue(model)!), cancellation);
                List<ChannelEntry> newestFirst = [.. entries.OrderByDescending(entry => entry.Version)];
                output.Result(newestFirst, console => Draw(console, newestFirst));
                return ExitCodes.Success;
            });
    }

    /// <summary>What is said where nothing is live.</summary>
    internal static CommandException Empty(string model, string channel) =>
        new(ExitCodes.Negative, $"nothing was ever promoted on {channel} for {model}; start a run with: lifecycle retrain {model}");

    // A publication's own approvers approved its promotion; who approved a rollback to it is another question.
    private static string ApprovedBy(ChannelEntry entry) => entry switch
    {
        { Grounds: { ApprovedBy.IsEmpty: false } grounds } => string.Join(", ", grounds.ApprovedBy),
        { Grounds: not null } => "the model's policy",
        { Move: ChannelMove.Promotion } => string.Join(", ", entry.Publication.ApprovedBy),
        _ => "not recorded",
    };

    private static void Draw(IAnsiConsole console, List<ChannelEntry> entries)
    {
        Table table = Texts.Table("version", "move", "snapshot", "release", "model.onnx", "asked by", "approved by", "why", "moved at");
        foreach (ChannelEntry entry in entries)
        {
            table.AddRow(
                new Text($"{entry.Version}"), new Text($"{entry.Move}"), new Text(entry.Snapshot),
                new Text(Texts.Short(entry.Publication.ReleaseDigest)), new Text(Texts.Short(entry.Publication.ModelDigest)),
                new Text(entry.Grounds is { } grounds ? Texts.Visible(grounds.Requester) : "not recorded"),
                new Text(ApprovedBy(entry)),
                new Text(Texts.Visible(entry.Grounds?.Reason ?? "")),
                new Text(entry.MovedAt.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        }

        console.Write(table);
    }
}
