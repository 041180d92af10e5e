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
            .. Primary(definition), .. Named(definition, "gate.protectedSlices", definition.Gate.ProtectedSlices), .. Named(definition, "gate.superiorSlices", definition.Gate.SuperiorSlices),
            .. Twice(definition),
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

    private static IEnumerable<RuleBreach> Named(ModelDefinition definition, string path, ImmutableArray<string> slices) =>
        slices.Index().SelectMany(slice => Missing(definition, $"{path}[{slice.Index}]", slice.Item));

    // Each is a test of its own: one that stands twice, or is the primary slice, which is tested already, would make the others' level smaller.
    private static IEnumerable<RuleBreach> Twice(ModelDefinition definition) => definition.Gate.SuperiorSlices
        .Append(definition.Gate.PrimarySlice).CountBy(slice => slice, StringComparer.Ordinal).Where(slice => slice.Value > 1)
        .Select(slice => new RuleBreach("gate.superiorSlices", $"slice '{slice.Key}' {(slice.Key == definition.Gate.PrimarySlice ? "is the primary slice, which decides anyway" : "stands twice")}; name every other slice once"));

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
