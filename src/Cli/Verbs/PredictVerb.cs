using System.CommandLine;
using Lifecycle.Cli.Answers;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Client.Releases;
using Lifecycle.Serving.Models;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle predict</c>: asks the live model, after verifying its Publication.</summary>
public static class PredictVerb
{
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
            "predict flight-delay --input flights.csv --ignore delay --json", "predict flight-delay --input - < flight.json")
            .Does([model, .. question.Symbols, channel.Option], async (parsed, output, cancellation) =>
            {
                Question asked = question.Of(parsed);
                asked.Check();
                using LiveModel live = await BlobRooms.OpenLiveModelAsync(
                    GlobalOptions.BlobOf(parsed), GlobalOptions.HomeOf(parsed), parsed.GetValue(model)!, channel.Of(parsed, parsed.GetValue(model)!), cancellation);
                IReadOnlyList<AnsweredRow> answers = live.Predict(await asked.ReadAsync(live.Schema, cancellation));
                output.Result(answers, console => AnswerTables.Draw(console, live.Schema, live.Target, answers));
                return answers.All(answer => answer.Refusal is null) ? ExitCodes.Success : ExitCodes.Negative;
            });
    }
}
