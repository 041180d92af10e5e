using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Files;
using Lifecycle.Serving.Models;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle predict</c>: asks the live model, after verifying its Publication.</summary>
public static class PredictVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "Name of the model" };
        Argument<string[]> values = new("value") { Description = "Values to score, or one file of them: CSV, TSV, JSON, Parquet, or a value on each line", Arity = ArgumentArity.OneOrMore };
        Option<string?> column = new("--column") { Description = "Column of the values in a file (default: input, or the line of a text without columns)", HelpName = "COLUMN" };
        ChannelOption channel = new();
        return Verb.Create(
            "predict", "Score values with the live model of a channel, verified first; exit 1 when a value is refused",
            "predict disposable-domain gmail.com mailinator.com", "predict disposable-domain domains.txt --json", "predict disposable-domain domains.csv --column domain")
            .Does([model, values, column, channel.Option], async (parsed, output, cancellation) =>
            {
                string[] given = parsed.GetValue(values)!;
                var rows = given is [var path] && FileFacts.Of(path).Kind is not (FileKind.Nothing or FileKind.Folder)
                    ? InputFile.Read(path, parsed.GetValue(column), TimeProvider.System)
                    : default;
                if (rows.IsDefault && parsed.GetValue(column) is { } unused)
                {
                    throw new CommandException(ExitCodes.BadInput, $"--column {Texts.Visible(unused)} is of a file, and there is no file '{Texts.Visible(given[0])}'");
                }

                using LiveModel live = await BlobRooms.OpenLiveModelAsync(
                    GlobalOptions.BlobOf(parsed), GlobalOptions.HomeOf(parsed), parsed.GetValue(model)!, channel.Of(parsed, parsed.GetValue(model)!), cancellation);
                List<Prediction> predictions = [.. rows.IsDefault ? given.Select(live.Predict) : live.Predict(rows)];
                output.Result(predictions, console => Draw(console, predictions));
                return predictions.All(prediction => prediction.Refusal is null) ? ExitCodes.Success : ExitCodes.Negative;
            });
    }

    private static void Draw(IAnsiConsole console, List<Prediction> predictions)
    {
        Table table = Texts.Table("value", "scored as", "probability of 1");
        foreach (Prediction prediction in predictions)
        {
            table.AddRow(
                new Text(Texts.Visible(prediction.Input)),
                new Text(prediction.Scored ?? ""), new Text(prediction.Refusal ?? $"{prediction.Probability:0.000}"));
        }

        console.Write(table);
    }
}
