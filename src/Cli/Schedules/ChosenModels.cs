using System.CommandLine;
using Lifecycle.Cli.Homes;
using Lifecycle.Definitions;
using Lifecycle.Domain.Models;
using Lifecycle.Worker.Hosting;

namespace Lifecycle.Cli.Schedules;

/// <summary>Which models a verb is about: the one that is named, else all of the folder.</summary>
public sealed class ChosenModels
{
    /// <summary>The argument.</summary>
    public Argument<string?> Model { get; } = new("model") { Description = "Name of the model (default: all)", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>The folder's option.</summary>
    public Option<DirectoryInfo?> Folder { get; } = new("--models") { Description = "Folder of the model definitions (default: models/ of the checkout)", HelpName = "DIR" };

    /// <summary>The definitions, by name.</summary>
    public IReadOnlyList<ModelDefinition> Read(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Folder) is { Exists: false } missing)
        {
            throw new CommandException(ExitCodes.BadInput, $"--models: there is no folder {missing.FullName}, expected one with a folder for each model");
        }

        ModelCatalog catalog = new(parsed.GetValue(Folder)?.FullName ?? SourceTree.Find().Models);
        IEnumerable<string> names = parsed.GetValue(Model) is { } named ? [named] : catalog.Names;
        return [.. names.Select(name => catalog.Read(name, definition => DefinitionChecks.Check(definition, cancellation)).Definition)];
    }
}
