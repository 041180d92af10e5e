using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Rules;

/// <summary>The inputs of a model are columns of its contract, said once, each with rules that suit its type.</summary>
internal static class InputRules
{
    /// <summary>All breaches of <c>features.inputs</c>, or of its short form.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition)
    {
        FeatureView features = definition.Features;
        return (features.Input, features.Inputs) switch
        {
            ({ }, [_, ..]) => [new("features.inputs", "'features.inputs' and its short form 'features.input' are both given; keep one")],
            (null, []) => [new("features", "'features' has no 'inputs'; name the columns that a caller sends, each with its type")],
            ({ } text, []) => [.. Text(definition.Contract, text), .. Names(text, "features.input")],
            _ => [.. ShortForm(features), .. features.Inputs.SelectMany(column => Column(column, definition))],
        };
    }

    private static IEnumerable<RuleBreach> Text(DataContract contract, string text) =>
        ColumnReaders.Breach(contract, "features.input", text, ColumnType.Text) is { } breach ? [breach] : [];

    // A graph cannot have two of a name, and the stage that builds it comes late.
    private static IEnumerable<RuleBreach> Names(string name, string path)
    {
        if (GraphNames.Outputs.Contains(name))
        {
            yield return new(path, $"input '{name}' is called as an output of the graph is ({string.Join(", ", GraphNames.Outputs)}); rename the column in the script");
        }

        if (name.EndsWith(GraphNames.PresenceSuffix, StringComparison.Ordinal))
        {
            yield return new(path, $"input '{name}' ends in '{GraphNames.PresenceSuffix}', which the graph's own inputs do; rename the column in the script");
        }
    }

    private static IEnumerable<RuleBreach> ShortForm(FeatureView features)
    {
        if (features.Kind != InputKind.Text)
        {
            yield return new("features.kind", "'features.kind' is of the short form, and 'features.inputs' is given; say it as the column's 'type'");
        }
    }

    private static IEnumerable<RuleBreach> Column(InputColumn column, ModelDefinition definition)
    {
        string path = $"features.inputs.{column.Name}";
        if (ColumnReaders.Breach(definition.Contract, path, column.Name, TypesOf(column.Type)) is { } breach)
        {
            yield return breach;
        }
        else if (!column.Nullable && definition.Contract.Columns[column.Name].MaximumNullRate > 0)
        {
            yield return new(path, $"the contract lets '{column.Name}' be null, and the input does not; write 'nullable: true' here, or remove 'maximumNullRate' there");
        }

        if (column.Name == definition.Predicts.Label)
        {
            yield return new(path, $"'{column.Name}' is the label, which no caller knows; remove it from the inputs");
        }

        foreach (RuleBreach unusable in Names(column.Name, path))
        {
            yield return unusable;
        }

        if (column.Type is not (InputType.Number or InputType.Integer) && (column.Minimum ?? column.Maximum) is not null)
        {
            yield return new(path, $"input '{column.Name}' has a bound and is no number; remove 'minimum' and 'maximum'");
        }

        if (column.Maximum < column.Minimum)
        {
            yield return new(path, $"input '{column.Name}' has 'maximum' below 'minimum'");
        }

        if (column.Type != InputType.Timestamp && column.Zone != InputZone.Utc)
        {
            yield return new(path, $"input '{column.Name}' has a zone and is no timestamp; remove 'zone'");
        }
    }

    private static ColumnType[] TypesOf(InputType type) => type switch
    {
        InputType.Number => [ColumnType.Number, ColumnType.Integer],
        InputType.Integer => [ColumnType.Integer],
        InputType.Boolean => [ColumnType.Boolean],
        InputType.Timestamp => [ColumnType.Timestamp],
        _ => [ColumnType.Text],
    };
}
