using System.CommandLine;
using Lifecycle.Cli.Output;
using Lifecycle.Cli.Releases;
using Lifecycle.Domain.Files;
using Lifecycle.Serving.Models;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle predict</c>: asks the live model, after verifying its Publication.</summary>
public static class PredictVerb
{
    private const int MaximumFileBytes = 64 << 20;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "Name of the model" };
        Argument<string[]> values = new("value") { Description = "Values to score, or one file with a value on each line", Arity = ArgumentArity.OneOrMore };
        ChannelOption channel = new();
        return Verb.Create(
            "predict", "Score values with the live model of a channel, verified first; exit 1 when a value is refused",
            "predict disposable-domain gmail.com mailinator.com", "predict disposable-domain domains.txt --json")
            .Does([model, values, channel.Option], async (parsed, output, cancellation) =>
            {
                string[] inputs = await ReadAsync(parsed.GetValue(values)!);
                using LiveModel live = await BlobRooms.OpenLiveModelAsync(
                    GlobalOptions.BlobOf(parsed), GlobalOptions.HomeOf(parsed), parsed.GetValue(model)!, channel.Of(parsed, parsed.GetValue(model)!), cancellation);
                List<Prediction> predictions = [.. inputs.Select(live.Predict)];
                output.Result(predictions, console => Draw(console, predictions));
                return predictions.All(prediction => prediction.Refusal is null) ? ExitCodes.Success : ExitCodes.Negative;
            });
    }

    private static async Task<string[]> ReadAsync(string[] values)
    {
        if (values is not [var path] || FileFacts.Of(path).Kind is FileKind.Nothing or FileKind.Folder)
        {
            return values;
        }

        await using FileStream file = RegularFile.Open(path);
        return file.Length <= MaximumFileBytes
            ? RegularFile.ReadLines(path, MaximumFileBytes)
            : throw new CommandException(ExitCodes.BadInput, $"{path} has {file.Length} bytes, expected at most {MaximumFileBytes}; split it");
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
