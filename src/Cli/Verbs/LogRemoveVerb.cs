using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Releases;
using Lifecycle.Serving.Logging;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle log remove</c>: takes the rows of one import back.</summary>
public static class LogRemoveVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "Name of the model" };
        Argument<string> import = new("import") { Description = "Id of the import, as 'log imports' lists it" };
        return Verb.Create(
            "remove", "Take the rows of an import out of the log; twice is once; windows already decided keep their decisions",
            "log remove disposable-domain 20240301-120000-000-0c9ab4d1")
            .Does([model, import], async (parsed, output, cancellation) =>
            {
                (string name, string id) = (parsed.GetValue(model)!, parsed.GetValue(import)!);
                PredictionParts log = await BlobRooms.OpenLogAsync(GlobalOptions.BlobOf(parsed), GlobalOptions.HomeOf(parsed), cancellation);
                LogImportEntry removed = await log.Imports.RemoveAsync(name, id, TimeProvider.System.GetUtcNow(), cancellation)
                    ?? throw new CommandException(ExitCodes.BadInput, $"{name} has no import '{Texts.Visible(id)}'; 'lifecycle log imports {name}' lists them");
                output.Result(removed, console => console.Line(
                    $"the rows of import {id} ({Texts.Visible(removed.Record.FileName)}) are out of the log of {name}; windows already decided keep their decisions"));
                return ExitCodes.Success;
            });
    }
}
