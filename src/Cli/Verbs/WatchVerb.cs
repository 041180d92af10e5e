using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Following;
using Lifecycle.Client.Watching;
using Lifecycle.Domain.Drift;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Watching;
using Spectre.Console;
using static System.FormattableString;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle watch</c>: looks at a live model's traffic now, as its schedule does.</summary>
public static class WatchVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "Name of the model" };
        return Verb.Create(
            "watch", "Judge the windows of a live model's traffic that are due, and act on the decisions",
            "watch disposable-domain", "watch disposable-domain --json")
            .Does([model], async (parsed, output, cancellation) =>
            {
                EngineLine line = await EngineLine.OpenAsync(GlobalOptions.ConnectionOf(parsed), cancellation);
                DriftWatchResult result = await DriftLook.TakeAsync(line, parsed.GetValue(model)!, output.Progress, cancellation);
                output.Result(result, console => Draw(console, result));
                return ExitCodes.Success;
            });
    }

    private static void Draw(IAnsiConsole console, DriftWatchResult result)
    {
        console.Line($"{result.Model}: {result.Note}");
        foreach (PassedWindow passed in result.PassedOver)
        {
            console.Line(Invariant($"window {passed.Window} holds no rows: {passed.LateCount:N0} late rows are known only after it; passed over"));
        }

        if (result.PassedOverCount > 0)
        {
            console.Line("were those rows known earlier? Say when as they are imported: lifecycle log import … --known-time <column>");
        }

        if (result.Windows is [])
        {
            return;
        }

        Table table = Texts.Table("window", "level", "decision", "verdict", "reason", "run");
        foreach (WatchedWindow window in result.Windows)
        {
            table.AddRow(
                new Text(window.Window), new Text($"{window.Level}"), new Text(window.Decision),
                new Text($"{window.Verdict}"), new Text(window.Reason), new Text(Texts.Short(window.Run ?? "")));
        }

        console.Write(table);
        console.Line($"each decision with its numbers: lifecycle drift explain {result.Windows[^1].Decision}");
    }
}
