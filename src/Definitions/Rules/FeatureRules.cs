using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;

namespace Lifecycle.Definitions.Rules;

/// <summary>The columns that features, split and reference read are in the contract with a fitting type.</summary>
internal static class FeatureRules
{
    /// <summary>All breaches of the parts that read columns.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition)
    {
        FeatureView features = definition.Features;
        RuleBreach?[] columns =
        [
            ColumnReaders.Breach(definition.Contract, "features.key", features.Key, ColumnType.Text, ColumnType.Integer),
            ColumnReaders.Breach(definition.Contract, "features.eventTime", features.EventTime, ColumnType.Timestamp),
            ColumnReaders.Breach(definition.Contract, "features.cluster", features.Cluster, ColumnType.Text),
            ColumnReaders.Breach(definition.Contract, "features.weight", features.Weight, ColumnType.Number, ColumnType.Integer),
            ColumnReaders.Breach(definition.Contract, "reference.lookupColumn", definition.Reference.LookupColumn, TargetRules.LabelTypes(definition)),
        ];
        return [.. columns.OfType<RuleBreach>(), .. InputRules.Check(definition), .. TransformRules.Check(features), .. TargetRules.Check(definition), .. SplitRules.Check(definition)];
    }
}
