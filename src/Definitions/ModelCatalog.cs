using System.Collections.Immutable;
using Lifecycle.Definitions.Problems;
using Lifecycle.Definitions.Rules;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;

namespace Lifecycle.Definitions;

/// <summary>The models of a folder such as <c>models/</c>: each subfolder with a model.yaml is one.</summary>
public sealed class ModelCatalog(string modelsFolder)
{
    /// <summary>The folder.</summary>
    public string Folder => modelsFolder;

    /// <summary>Names of all models, sorted; empty where the folder does not exist.</summary>
    public ImmutableArray<string> Names =>
        Directory.Exists(modelsFolder)
            ? [.. Directory.EnumerateDirectories(modelsFolder)
                .Where(folder => File.Exists(Path.Combine(folder, ModelDefinitionReader.FileName)))
                .Select(folder => Path.GetFileName(folder)!)
                .Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Reads the definition of the model with this name.</summary>
    /// <param name="name">The name, also one that somebody else asks for.</param>
    /// <param name="further">Further questions about a definition that is well formed, whose answers are reported with the rest.</param>
    /// <exception cref="ModelDefinitionException">There is no such model, or its definition is malformed or inconsistent.</exception>
    public LoadedModelDefinition Read(string name, Func<ModelDefinition, IEnumerable<RuleBreach>>? further = null)
    {
        if (!PlainName.IsValid(name) || !Names.Contains(name))
        {
            string advice = NearestName.Of(name, Names) is { } nearest ? $"did you mean '{nearest}'?" : $"there are: {string.Join(", ", Names)}";
            throw new ModelDefinitionException([new DefinitionProblem(Path.GetFileName(Path.GetFullPath(modelsFolder)), 0, $"no model '{name}'; {advice}")]);
        }

        return ModelDefinitionReader.Read(Path.Combine(modelsFolder, name), further);
    }
}
