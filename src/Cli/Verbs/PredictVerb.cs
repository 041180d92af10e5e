using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Lifecycle.Cli.Answers;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Releases;
using Lifecycle.Serving.Models;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle predict</c>: asks the live model, after verifying its Publication.</summary>
public static class PredictVerb
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "Name of the model" };
        QuestionOptions question = new();
        ChannelOption channel = new();
        return Verb.Create(
            "predict", "Answer rows with the live model of a channel, verified first; exit 1 when a row is refused",
            "predict disposable-domain gmail.com mailinator.com", "predict disposable-domain domains.csv --column domain",
            "predict flight-delay departed_at=2001-06-20T17:35:00 origin=JFK destination=LAX distance=2475 origin_flights_3h=40",
            "predict flight-delay --input flights.csv --ignore delay --json", "predict flight-delay --input - < flight.json",
            "predict disposable-domain mailinator.com --explain")
            .Does([model, .. question.Symbols, channel.Option], async (parsed, output, cancellation) =>
            {
                Question asked = question.Of(parsed);
                asked.Check();
                string name = parsed.GetValue(model)!;
                using LiveModel live = await BlobRooms.OpenLiveModelAsync(
                    GlobalOptions.BlobOf(parsed), GlobalOptions.HomeOf(parsed), name, channel.Of(parsed, name), asked.Explain, cancellation);
                IReadOnlyList<AnsweredRow> answers = live.Predict(await asked.ReadAsync(live.Schema, cancellation), Told(output));
                output.Result(answers, console => Draw(console, live, answers));
                return answers.All(answer => answer.Refusal is null) ? ExitCodes.Success : ExitCodes.Negative;
            });
    }

    private static void Draw(IAnsiConsole console, LiveModel live, IReadOnlyList<AnsweredRow> answers)
    {
        AnswerTables.Draw(console, live.Schema, live.Target, answers);
        ExplanationTables.Draw(console, answers);
    }

    // A few rows are explained at once; what takes longer is told.
    private static Action<int> Told(CommandOutput output)
    {
        long start = Stopwatch.GetTimestamp();
        return rows =>
        {
            if (Stopwatch.GetElapsedTime(start) > Silence)
            {
                output.Progress(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows explained"));
                start = Stopwatch.GetTimestamp();
            }
        };
    }
}
