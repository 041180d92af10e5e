using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Definitions;

namespace Lifecycle.Cli.Options;

/// <summary>The option <c>--models</c>: unless told, the model definitions of the checkout.</summary>
public sealed class ModelsOption
{
    /// <summary>The option itself.</summary>
    public Option<DirectoryInfo?> Option { get; } = new("--models") { Description = "Folder of the model definitions (default: models/ of the checkout)", HelpName = "DIR" };

    /// <summary>The definitions in the folder.</summary>
    /// <exception cref="CommandException">It is no folder.</exception>
    public ModelCatalog CatalogOf(ParseResult parsed) => parsed.GetValue(Option) switch
    {
        null => new(SourceTree.Find().Models),
        { Exists: false } missing => throw new CommandException(ExitCodes.BadInput, $"{missing.FullName} is no folder; give the folder that holds one folder a model"),
        { FullName: var folder } => new(folder),
    };
}
