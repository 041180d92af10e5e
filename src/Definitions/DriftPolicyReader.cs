using Lifecycle.Definitions.Binding;
using Lifecycle.Definitions.Problems;
using Lifecycle.Definitions.Rules;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;

namespace Lifecycle.Definitions;

/// <summary>Reads a file with the keys of a model definition's <c>watch.policy</c>, as strictly as the definition itself.</summary>
public static class DriftPolicyReader
{
    /// <summary>Reads the policy in a file.</summary>
    /// <exception cref="ModelDefinitionException">The file is missing, malformed or inconsistent.</exception>
    public static DriftPolicy Read(string file)
    {
        string path = Path.GetFullPath(file);
        DefinitionProblems problems = new(Path.GetFileName(path));
        byte[] bytes = DefinitionFile.ReadBytes(path, problems, "it holds the keys of watch.policy (docs/formats/model-yaml.md)");
        DriftPolicy policy = DefinitionFile.Bind<DriftPolicy>(bytes, problems, out LineIndex lines);
        foreach (RuleBreach breach in DriftPolicyRules.Check("", policy))
        {
            problems.Add(lines.Of(breach.Path), breach.Message);
        }

        problems.ThrowIfAny();
        return policy;
    }
}
