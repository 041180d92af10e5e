using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Releases;
using Lifecycle.Serving.Logging;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle log imports</c>: what was imported into a model's log, and by which id it can be taken back.</summary>
public static class LogImportsVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "Name of the model" };
        return Verb.Create("imports", "List the imports of a log, oldest first", "log imports disposable-domain", "log imports disposable-domain --json")
            .Does([model], async (parsed, output, cancellation) =>
            {
                PredictionParts log = await BlobRooms.OpenLogAsync(GlobalOptions.BlobOf(parsed), GlobalOptions.HomeOf(parsed), cancellation);
                ImmutableArray<LogImportEntry> imports = await log.Imports.ListAsync(parsed.GetValue(model)!, cancellation);
                output.Result(imports, console => Draw(console, imports, parsed.GetValue(model)!));
                return ExitCodes.Success;
            });
    }

    private static void Draw(IAnsiConsole console, ImmutableArray<LogImportEntry> imports, string model)
    {
        if (imports is [])
        {
            console.Line($"nothing was imported into the log of {model}; see 'lifecycle log import --help'");
            return;
        }

        Table table = Texts.Table("import", "file", "sha256", "rows", "predictions", "labels", "refused", "state");
        foreach (LogImportEntry import in imports)
        {
            table.AddRow(
                new Text(import.Record.Id), new Text(Texts.Visible(import.Record.FileName, 40)), new Text(Texts.Short(import.Record.FileDigest)),
                Number(import.Counts?.RowCount), Number(import.Counts?.PredictionCount), Number(import.Counts?.LabelCount), Number(import.Counts?.RefusedCount),
                new Text(import.Removal is { } removal ? string.Create(CultureInfo.InvariantCulture, $"removed {removal.Time.UtcDateTime:yyyy-MM-dd HH:mm}Z")
                    : import.Counts is null ? "unfinished" : "complete"));
        }

        console.Write(table);
    }

    private static Text Number(long? count) => new(count?.ToString("N0", CultureInfo.InvariantCulture) ?? "");
}
