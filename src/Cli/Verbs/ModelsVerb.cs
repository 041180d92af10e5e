using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Models;
using Lifecycle.Worker.Hosting;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle models</c>: lists the model definitions, and checks them.</summary>
public static class ModelsVerb
{
    /// <summary>One model definition, or what is wrong with it.</summary>
    public sealed record Row(string Name, string? Owner, IReadOnlyList<string> Snapshots, string? Channel, IReadOnlyList<string> Problems)
    {
        /// <summary>What is no mistake, but seldom meant; null, and left out of JSON, where there is nothing.</summary>
        public string? Warning { get; init; }
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        ModelsOption models = new();
        Command command = Verb.Create("models", "List the model definitions and check them; exit 2 when one is wrong", "models", "models --models ./my-models --json")
            .Does([models.Option], (parsed, output, cancellation) =>
            {
                ModelCatalog catalog = models.CatalogOf(parsed);
                List<Row> rows = [.. catalog.Names.Select(name => RowOf(catalog, name, cancellation))];
                output.Result(rows, console => Draw(console, rows));
                return Task.FromResult(rows.All(row => row.Problems is []) ? ExitCodes.Success : ExitCodes.BadInput);
            });
        command.Subcommands.Add(ModelsNewVerb.Create());
        return command;
    }

    private static Row RowOf(ModelCatalog catalog, string name, CancellationToken cancellation)
    {
        try
        {
            ModelDefinition definition = catalog.Read(name, definition => DefinitionChecks.Check(definition, cancellation)).Definition;
            return new Row(name, definition.Owner, [.. definition.Snapshots.Select(snapshot => snapshot.Id)], definition.Channel, []) { Warning = ObjectiveMismatch.Of(definition)?.Sentence };
        }
        catch (ModelDefinitionException wrong)
        {
            return new Row(name, null, [], null, [.. wrong.Problems.Select(problem => problem.ToString())]);
        }
    }

    private static void Draw(IAnsiConsole console, List<Row> rows)
    {
        Table table = Texts.Table("model", "owner", "snapshots", "channel");
        foreach (Row row in rows.Where(row => row.Problems is []))
        {
            table.AddRow(new Text(row.Name), new Text(row.Owner ?? ""), new Text(string.Join(" ", row.Snapshots)), new Text(row.Channel ?? ""));
        }

        console.Write(table);
        foreach (Row row in rows.Where(row => row.Warning is not null))
        {
            console.MarkupLineInterpolated($"[yellow]look[/] {row.Name}: {row.Warning}");
        }

        foreach (string problem in rows.SelectMany(row => row.Problems))
        {
            console.MarkupLineInterpolated($"[red]wrong[/] {problem}");
        }
    }
}
