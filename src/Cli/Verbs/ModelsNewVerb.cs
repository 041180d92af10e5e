using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Drafts;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Names;
using Lifecycle.Worker.Hosting;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle models new</c>: drafts the definition of a model from a file of rows, to be read and corrected.</summary>
public static class ModelsNewVerb
{
    /// <summary>The model that was drafted.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Folder">Where it lies.</param>
    /// <param name="Files">The files that were written there.</param>
    /// <param name="Decisions">What was decided and why.</param>
    public sealed record Row(string Name, string Folder, IReadOnlyList<string> Files, IReadOnlyList<string> Decisions);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> name = new("name") { Description = "Name of the new model" };
        Option<string> from = new("--from") { Description = "A file of rows: CSV, TSV, JSON or Parquet, not packed", HelpName = "FILE", Required = true };
        Option<string> label = new("--label") { Description = "Its column with what the model predicts", HelpName = "COLUMN", Required = true };
        ModelsOption models = new();
        return Verb.Create("new", "Draft a model definition from a file of rows", "models new ticket-hours --from tickets.csv --label hours")
            .Does([name, from, label, models.Option], (parsed, output, cancellation) =>
            {
                string model = PlainName.Require(parsed.GetValue(name)!, "model");
                ModelCatalog catalog = models.CatalogOf(parsed);
                string path = parsed.GetValue(from)!;
                string folder = Path.Combine(catalog.Folder, model);
                if (FileFacts.Of(folder).Kind is not FileKind.Nothing)
                {
                    throw new CommandException(ExitCodes.BadInput, $"{folder} is there already; choose another name");
                }

                (TableProfile? profile, string? problem) = TableLooks.Look(path, cancellation);
                ModelDraft draft = Draft(model, profile ?? throw new CommandException(ExitCodes.BadInput, problem!), path, parsed.GetValue(label)!);
                Row row = new(model, folder, Write(folder, path, draft), draft.Decisions);
                Require(catalog, row, cancellation);
                output.Result(row, console => Draw(console, row));
                return Task.FromResult(ExitCodes.Success);
            });
    }

    private static ModelDraft Draft(string model, TableProfile profile, string path, string label)
    {
        try
        {
            return ModelDraft.Of(model, profile, label, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        }
        catch (DraftException impossible)
        {
            throw new CommandException(ExitCodes.BadInput, $"{path}: {impossible.Message}", impossible);
        }
    }

    // The definition is written last: a folder without one is no model.
    private static string[] Write(string folder, string path, ModelDraft draft)
    {
        Directory.CreateDirectory(folder);
        try
        {
            File.Copy(path, Path.Combine(folder, draft.RowsFile));
            DurableFiles.Local.Write(Path.Combine(folder, ModelDraft.ScriptFile), draft.Script);
            DurableFiles.Local.Write(Path.Combine(folder, ModelDefinitionReader.FileName), draft.Definition);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }

        return [ModelDefinitionReader.FileName, ModelDraft.ScriptFile, draft.RowsFile];
    }

    private static void Require(ModelCatalog catalog, Row row, CancellationToken cancellation)
    {
        try
        {
            catalog.Read(row.Name, definition => DefinitionChecks.Check(definition, cancellation));
        }
        catch (ModelDefinitionException wrong)
        {
            throw new CommandException(ExitCodes.BadInput, $"the draft in {row.Folder} needs a hand before 'lifecycle models' takes it: {wrong.Message}", wrong);
        }
    }

    private static void Draw(IAnsiConsole console, Row row)
    {
        console.Line($"drafted {row.Folder}: {string.Join(", ", row.Files)}");
        foreach (string decision in row.Decisions)
        {
            console.Line($"- {Texts.Visible(decision, 400)}");
        }

        console.Line($"now read {Path.Combine(row.Folder, ModelDefinitionReader.FileName)} and correct it, then: lifecycle models; lifecycle retrain {row.Name} --wait");
    }
}
