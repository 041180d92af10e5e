using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Training;

namespace Lifecycle.Definitions.Rules;

/// <summary>Slices of the Holdout and of traffic have usable names, and the gate names slices that exist.</summary>
internal static class SliceRules
{
    /// <summary>Name of the slice that every model has: the whole Holdout.</summary>
    private const string WholeHoldout = "all";

    /// <summary>All breaches of slices and gate.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition) =>
        [
            .. Names(definition.Slices, "slices", "snapshot columns"), .. Names(definition.Watch.ProtectedSlices, "watch.protectedSlices", definition.Features.Schema.OnlyText is null ? "the inputs" : "'input'"),
            .. Primary(definition), .. Protected(definition),
        ];

    private static IEnumerable<RuleBreach> Names(ImmutableSortedDictionary<string, string> slices, string path, string columns)
    {
        foreach ((string name, string expression) in slices)
        {
            if (!IdentifierRules.IsWord(name) || name == WholeHoldout)
            {
                yield return new($"{path}.{name}", $"slice name '{name}' cannot be used; expected {IdentifierRules.WordNoun}, and not '{WholeHoldout}'");
            }

            if (string.IsNullOrWhiteSpace(expression))
            {
                yield return new($"{path}.{name}", $"slice '{name}' is blank; expected a boolean SQL expression over {columns}");
            }
        }
    }

    private static IEnumerable<RuleBreach> Primary(ModelDefinition definition) =>
        Missing(definition, "gate.primarySlice", definition.Gate.PrimarySlice);

    private static IEnumerable<RuleBreach> Protected(ModelDefinition definition) =>
        definition.Gate.ProtectedSlices.Index().SelectMany(slice => Missing(definition, $"gate.protectedSlices[{slice.Index}]", slice.Item));

    private static IEnumerable<RuleBreach> Missing(ModelDefinition definition, string path, string slice)
    {
        if (slice != WholeHoldout && !definition.Slices.ContainsKey(slice))
        {
            string advice = NearestName.Of(slice, definition.Slices.Keys) is { } nearest
                ? $"did you mean '{nearest}'?"
                : $"there are: {string.Join(", ", definition.Slices.Keys.Prepend(WholeHoldout))}";
            yield return new(path, $"slice '{slice}' is not defined; {advice}");
        }
    }
}
