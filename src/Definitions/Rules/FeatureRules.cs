using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;

namespace Lifecycle.Definitions.Rules;

/// <summary>The columns that features, split and reference read are in the contract with a fitting type; transforms suit the input.</summary>
internal static class FeatureRules
{
    /// <summary>All breaches of the parts that read columns.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition) => [.. Columns(definition), .. Transforms(definition.Features)];

    private static IEnumerable<RuleBreach> Columns(ModelDefinition definition)
    {
        FeatureView features = definition.Features;
        (string Path, string? Column, ColumnType[] Types)[] readers =
        [
            ("features.key", features.Key, [ColumnType.Text]),
            ("features.input", features.Input, [ColumnType.Text]),
            ("features.label", features.Label, [ColumnType.Integer]),
            ("features.cluster", features.Cluster, [ColumnType.Text]),
            ("features.weight", features.Weight, [ColumnType.Number, ColumnType.Integer]),
            ("split.column", definition.Split.Column, [ColumnType.Text]),
            ("reference.lookupColumn", definition.Reference.LookupColumn, [ColumnType.Integer]),
        ];
        return readers.Select(reader => Breach(definition.Contract, reader.Path, reader.Column, reader.Types)).OfType<RuleBreach>();
    }

    private static RuleBreach? Breach(DataContract contract, string path, string? column, ColumnType[] types)
    {
        if (column is null)
        {
            return null;
        }

        if (!contract.Columns.TryGetValue(column, out ColumnContract? rules))
        {
            string advice = NearestName.Of(column, contract.Columns.Keys) is { } nearest ? $"did you mean '{nearest}'?" : "add it there";
            return new RuleBreach(path, $"'{path}' names column '{column}', which 'contract.columns' does not have; {advice}");
        }

        return types.Contains(rules.Type)
            ? null
            : new RuleBreach(path, $"'{path}' names column '{column}' of type {Name(rules.Type)}; expected {string.Join(" or ", types.Select(Name))}");
    }

    private static string Name(ColumnType type) => type.ToString().ToLowerInvariant();

    private static IEnumerable<RuleBreach> Transforms(FeatureView features)
    {
        if (features.Transforms.IsEmpty)
        {
            yield return new("features.transforms", "'features.transforms' is empty; give at least one transform");
        }

        foreach ((int index, RowTransform transform) in features.Transforms.Index())
        {
            string path = $"features.transforms[{index}]";
            if (transform is RowTransform.CharacterNgrams ngrams && ngrams.MaximumLength < ngrams.MinimumLength)
            {
                yield return new($"{path}.maximumLength", "'maximumLength' is below 'minimumLength'");
            }

            if (transform is RowTransform.TopLevelDomainOneHot && features.Kind != InputKind.HostName)
            {
                yield return new(path, "transform topLevelDomainOneHot needs 'features.kind: hostName'");
            }

            if (features.Transforms.Take(index).Any(earlier => earlier.GetType() == transform.GetType()))
            {
                yield return new(path, "a transform of this type is given twice; keep one");
            }
        }
    }
}
