using Lifecycle.Cli.Failures;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Models;

namespace Lifecycle.Cli.Homes;

/// <summary>The definition of a model, where it lies beside the program: a fleet's operator may have none at hand.</summary>
internal static class OwnDefinition
{
    /// <summary>The definition; null where there is none, or none that can be read.</summary>
    public static ModelDefinition? Of(string model)
    {
        try
        {
            return new ModelCatalog(SourceTree.Find().Models).Read(model).Definition;
        }
        catch (Exception absent) when (absent is ModelDefinitionException or CommandException or IOException)
        {
            return null;
        }
    }
}
