using System.Collections.Immutable;
using Lifecycle.Definitions.Binding;
using Lifecycle.Definitions.Problems;
using Lifecycle.Definitions.Rules;
using Lifecycle.Domain;
using Lifecycle.Domain.Models;

namespace Lifecycle.Definitions;

/// <summary>
/// Reads <c>models/&lt;name&gt;/model.yaml</c> strictly: unknown keys, wrong types, values out of range and parts that do not
/// fit together are problems with file and line, all reported at once. Reads only files of the model's folder, and no data.
/// </summary>
public static class ModelDefinitionReader
{
    /// <summary>Name of the file in the model's folder.</summary>
    public const string FileName = "model.yaml";

    /// <summary>Largest file that is read.</summary>
    public const int MaximumBytes = DefinitionFile.MaximumBytes;

    /// <summary>Reads the definition in a model's folder.</summary>
    /// <param name="modelFolder">The folder.</param>
    /// <param name="further">Further questions about a definition that is well formed, such as those that need a database; answers are reported with the rest.</param>
    /// <exception cref="ModelDefinitionException">The file is missing, malformed or inconsistent.</exception>
    public static LoadedModelDefinition Read(string modelFolder, Func<ModelDefinition, IEnumerable<RuleBreach>>? further = null)
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(modelFolder));
        DefinitionProblems problems = new(DisplayName(folder));
        byte[] bytes = DefinitionFile.ReadBytes(
            Path.Combine(folder, FileName), problems, $"a model is a folder with a {FileName} (docs/how-to/add-a-model.md)");
        ModelDefinition definition = DefinitionFile.Bind<ModelDefinition>(bytes, problems, out LineIndex lines);
        foreach (RuleBreach breach in DefinitionRules.Check(definition, folder).Concat(further?.Invoke(definition) ?? []))
        {
            problems.Add(lines.Of(breach.Path), breach.Message);
        }

        problems.ThrowIfAny();
        return new LoadedModelDefinition(definition, folder, ImmutableArray.Create(bytes), Sha256Digest.Of(bytes));
    }

    private static string DisplayName(string folder) =>
        string.Join('/', Path.GetFileName(Path.GetDirectoryName(folder)), Path.GetFileName(folder), FileName);
}
