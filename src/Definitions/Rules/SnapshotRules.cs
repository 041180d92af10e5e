using System.Collections.Frozen;
using System.Globalization;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Definitions.Rules;

/// <summary>DataSnapshots have unique ids, rise in time, and all give the script the same parameters.</summary>
internal static class SnapshotRules
{
    /// <summary>Variables that every script has; parameters and files may not take their names.</summary>
    public static FrozenSet<string> ReservedVariables { get; } = FrozenSet.ToFrozenSet(["source", "snapshot", "cutoff", "feedback"], StringComparer.OrdinalIgnoreCase);

    /// <summary>All breaches of the list of snapshots.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition)
    {
        if (definition.Plan.Rolling is { } rolling)
        {
            return rolling.Fault() is { } fault ? [new("snapshots.rolling", $"'snapshots.rolling' gives no snapshots: {fault}")] : [];
        }

        if (definition.Snapshots.IsEmpty)
        {
            return definition.Reference.ColdStart is null
                ? [new("snapshots", "'snapshots' is empty; list at least one DataSnapshot with 'id' and 'cutoff', or start without labels by 'reference.coldStart'")]
                : [];
        }

        return [.. Ids(definition), .. Order(definition), .. Parameters(definition)];
    }

    private static IEnumerable<RuleBreach> Ids(ModelDefinition definition)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach ((int index, SnapshotDefinition snapshot) in definition.Snapshots.Index())
        {
            if (!IdentifierRules.IsSnapshotId(snapshot.Id))
            {
                yield return new(At(index, "id"), $"snapshot id '{snapshot.Id}' is not an identifier; expected {IdentifierRules.SnapshotIdNoun}");
            }
            else if (Origin.IsReference(snapshot.Id))
            {
                yield return new(At(index, "id"), $"snapshot id '{snapshot.Id}' is that of a cold start; choose another");
            }
            else if (!seen.Add(snapshot.Id))
            {
                yield return new(At(index, "id"), $"snapshot id '{snapshot.Id}' occurs twice; ids must be unique");
            }
        }
    }

    private static IEnumerable<RuleBreach> Order(ModelDefinition definition) =>
        definition.Snapshots.Index().Skip(1)
            .Select(later => (later.Index, Later: later.Item, Earlier: definition.Snapshots[later.Index - 1]))
            .Where(pair => pair.Later.Cutoff <= pair.Earlier.Cutoff)
            .Select(pair => new RuleBreach(
                At(pair.Index, "cutoff"),
                string.Create(CultureInfo.InvariantCulture, $"snapshot '{pair.Later.Id}' has cutoff {pair.Later.Cutoff:yyyy-MM-dd}, not after {pair.Earlier.Cutoff:yyyy-MM-dd} of '{pair.Earlier.Id}'; list the oldest first")));

    private static IEnumerable<RuleBreach> Parameters(ModelDefinition definition)
    {
        string[] all = [.. definition.Snapshots.SelectMany(snapshot => snapshot.Parameters.Keys).Distinct().Order(StringComparer.Ordinal)];
        foreach (string name in all.Where(name => !IdentifierRules.IsWord(name)))
        {
            yield return new("snapshots", $"parameter '{name}' is not a word; expected {IdentifierRules.WordNoun}");
        }

        foreach (string name in all.Where(name => ReservedVariables.Contains(name) || definition.Source.Files.ContainsKey(name)))
        {
            yield return new("snapshots", $"parameter '{name}' is taken by the script's own parameter or by a file; choose another");
        }

        foreach ((int index, SnapshotDefinition snapshot) in definition.Snapshots.Index())
        {
            foreach (string missing in all.Where(name => !snapshot.Parameters.ContainsKey(name)))
            {
                yield return new(At(index, "parameters"), $"snapshot '{snapshot.Id}' lacks parameter '{missing}', which another snapshot gives; add it, '' if there is none");
            }
        }
    }

    private static string At(int index, string key) => $"snapshots[{index}].{key}";
}
