using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;

namespace Lifecycle.Definitions.Rules;

/// <summary>What is published before there are labels answers something, and every rule of it asks for one thing.</summary>
internal static class ColdStartRules
{
    private const string At = "reference.coldStart";
    private const int LongestText = 253;

    /// <summary>All breaches of <c>reference.coldStart</c>.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition, string folder) => definition.Reference.ColdStart is { } start
        ? [.. Answers(start), .. Lookup(start, definition.Source, folder), .. start.Rules.Index().SelectMany(rule => Rule(rule.Index, rule.Item))]
        : [];

    private static IEnumerable<RuleBreach> Answers(ColdStartDefinition start)
    {
        if (start.Lookup is null && start.Rules.IsEmpty)
        {
            yield return new(At, $"'{At}' has neither 'lookup' nor 'rules'; a model that says the same of everything need not be published");
        }
    }

    private static IEnumerable<RuleBreach> Lookup(ColdStartDefinition start, DataSourceDefinition source, string folder)
    {
        if (start.Lookup is { } script)
        {
            foreach (RuleBreach breach in SourceRules.Present($"{At}.lookup", script, folder, "the script that selects 'input' and 'label'"))
            {
                yield return breach;
            }
        }

        if (source.NpmLock is not null && !start.Files.IsEmpty)
        {
            yield return new($"{At}.files", $"'{At}.files' is given and the model's data are packages; read them by getvariable('source')");
        }

        foreach (RuleBreach breach in SourceRules.Files($"{At}.files", start.Files))
        {
            yield return breach;
        }

        foreach (string name in start.Parameters.Keys.Where(name => !IdentifierRules.IsWord(name) || SnapshotRules.ReservedVariables.Contains(name) || start.Files.ContainsKey(name)))
        {
            yield return new($"{At}.parameters", $"parameter '{name}' is no word, or is taken by the script's own parameter or by a file; expected {IdentifierRules.WordNoun}");
        }
    }

    private static IEnumerable<RuleBreach> Rule(int index, TextRule rule)
    {
        string path = $"{At}.rules[{index}]";
        string[] asked = [.. new[] { rule.Is, rule.StartsWith, rule.EndsWith, rule.Contains }.OfType<string>()];
        if (asked.Length != 1)
        {
            yield return new(path, $"'{path}' has {asked.Length} of 'is', 'startsWith', 'endsWith' and 'contains'; give exactly one");
        }
        else if (asked[0].Length is 0 or > LongestText || asked[0].Any(character => char.IsControl(character) || char.IsSurrogate(character)))
        {
            yield return new(path, $"'{path}' asks for a text of {asked[0].Length} characters; expected 1 to {LongestText}, none of them a control character or beyond U+FFFF");
        }
        else if (asked[0].Any(char.IsAsciiLetterUpper))
        {
            yield return new(path, $"'{path}' asks for '{asked[0]}', and texts are held against rules in lower case; write it in lower case");
        }
    }
}
