using System.CommandLine;
using Lifecycle.Cli.Options;
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
    public ModelsOption Folder { get; } = new();

    /// <summary>The definitions, by name.</summary>
    public IReadOnlyList<ModelDefinition> Read(ParseResult parsed, CancellationToken cancellation)
    {
        ModelCatalog catalog = Folder.CatalogOf(parsed);
        IEnumerable<string> names = parsed.GetValue(Model) is { } named ? [named] : catalog.Names;
        return [.. names.Select(name => catalog.Read(name, definition => DefinitionChecks.Check(definition, cancellation)).Definition)];
    }
}
