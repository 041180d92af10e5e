using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Rules;

/// <summary>What is published before there are labels answers something, every rule of it asks for one thing, and every answer suits the target.</summary>
internal static class ColdStartRules
{
    private const string At = "reference.coldStart";

    /// <summary>All breaches of <c>reference.coldStart</c>.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition, string folder) => definition.Reference.ColdStart is { } start
        ? [.. Answers(start, definition), .. Groups(start, definition), .. Lookup(start, definition.Source, folder), .. start.Rules.Index().SelectMany(rule => Rule(rule.Index, rule.Item, definition))]
        : [];

    private static IEnumerable<RuleBreach> Answers(ColdStartDefinition start, ModelDefinition definition)
    {
        Target target = definition.Predicts;
        if (start.Lookup is null && start.Rules.IsEmpty && start.Snapshot is null)
        {
            yield return new(At, $"'{At}' has neither 'lookup' nor 'rules' nor a 'snapshot' to fit the reference's groups on; a model that says the same of everything need not be published");
        }

        if (start.Otherwise?.ProblemWith(target) is { } problem)
        {
            yield return new($"{At}.otherwise", $"'{At}.otherwise' is an answer {problem}");
        }
        else if (start.Otherwise is null && start.Snapshot is null && StatedAnswer.DefaultFor(target) is null)
        {
            yield return new(At, $"'{At}' does not tell what it answers where it knows nothing; add 'otherwise', {target.Sentence}");
        }
    }

    private static IEnumerable<RuleBreach> Groups(ColdStartDefinition start, ModelDefinition definition)
    {
        if (start.Snapshot is not { } id)
        {
            yield break;
        }

        if (definition.Reference.OfColumns.IsEmpty)
        {
            yield return new($"{At}.snapshot", $"'{At}.snapshot' is what the groups of the reference are fitted on, and there are none; add 'reference.groups', or remove it");
        }

        if (definition.Snapshots.All(snapshot => snapshot.Id != id))
        {
            yield return new($"{At}.snapshot", $"'{At}.snapshot' is '{id}', which 'snapshots' does not have; {(definition.Snapshots.IsEmpty ? "it lists none" : $"it has {string.Join(", ", definition.Snapshots.Select(snapshot => snapshot.Id))}")}");
        }

        if (start.Otherwise is not null)
        {
            yield return new($"{At}.otherwise", $"'{At}.otherwise' answers where nothing is known, and so does the group of all rows of '{At}.snapshot'; remove one of them");
        }
    }

    private static IEnumerable<RuleBreach> Lookup(ColdStartDefinition start, DataSourceDefinition source, string folder)
    {
        if (start.Lookup is { } script)
        {
            foreach (RuleBreach breach in SourceRules.Present($"{At}.lookup", script, folder, "the script that selects what is known of some inputs, and 'label'"))
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

    private static IEnumerable<RuleBreach> Rule(int index, ReferenceRule rule, ModelDefinition definition)
    {
        string path = $"{At}.rules[{index}]";
        if (rule.ProblemIn(definition.Features.Schema, definition.Predicts) is { } problem)
        {
            yield return new(path, $"'{path}' {problem}");
        }
    }
}
