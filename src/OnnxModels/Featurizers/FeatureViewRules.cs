using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>What a feature view must say before it can be fitted.</summary>
internal static class FeatureViewRules
{
    public static void Demand(FeatureView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        InputSchema schema = view.Schema;
        Demand(!schema.Columns.IsEmpty, "it has no inputs; expected at least one column");
        foreach (InputColumn column in schema.Columns)
        {
            Demand(column, schema);
        }

        Demand(!view.Transforms.IsDefaultOrEmpty, "transforms is empty; expected at least one");
        HashSet<(Type Kind, string Column)> seen = [];
        foreach (RowTransform transform in view.Transforms)
        {
            string name = RowTransform.Kinds.NameOf(transform);
            InputColumn[] columns = [.. ColumnsOf(transform, schema)];
            foreach (InputColumn column in columns)
            {
                Demand(transform.Reads.Contains(column.Type), $"a {name} cannot read '{column.Name}' of type {column.Type}; expected {string.Join(", ", transform.Reads)}");
                Demand(transform.ReadsPair || seen.Add((transform.GetType(), column.Name)), $"transforms holds 2 of kind {name} over '{column.Name}'; expected one of a kind for a column");
            }

            Demand(!transform.ReadsPair || (columns.Length == 2 && columns[0] != columns[1]), $"a {name} reads {string.Join(", ", columns.Select(column => $"'{column.Name}'"))}; expected two different inputs");
            Demand(
                !transform.ReadsPair || seen.Add((transform.GetType(), string.Join('/', columns.Select(column => column.Name).Order(StringComparer.Ordinal)))),
                $"transforms holds 2 of kind {name} over the same two inputs; expected one");
            Demand(transform.Problem() is null, transform.Problem()?.Message ?? "");
        }
    }

    private static void Demand(InputColumn column, InputSchema schema)
    {
        Demand(column.Name.Length > 0 && !column.Name.Contains('/'), $"a column is called '{column.Name}'; expected a name without '/', which names of the graph's nodes have");
        Demand(!GraphNames.Outputs.Contains(column.Name), $"a column is called '{column.Name}', as an output of the graph is; rename it in the SQL");
        Demand(column.MaximumBytes > 0, $"maximumBytes of '{column.Name}' is {column.MaximumBytes}; expected at least 1");
        Demand(schema.Columns.Count(other => other.Name == column.Name) == 1, $"two columns are called '{column.Name}'");
        Demand(
            !GraphSignature.HasPresence(column) || schema.IndexOf(column.Name + GraphSignature.PresenceSuffix) < 0,
            $"a column is called '{column.Name}{GraphSignature.PresenceSuffix}', as the input that says whether '{column.Name}' is there; rename it in the SQL");
    }

    private static IEnumerable<InputColumn> ColumnsOf(RowTransform transform, InputSchema schema)
    {
        string name = RowTransform.Kinds.NameOf(transform);
        string columns = string.Join(", ", schema.Columns.Select(column => column.Name));
        if (transform.Inputs.IsDefaultOrEmpty)
        {
            return [schema.OnlyText ?? throw new InvalidFeatureViewException($"a {name} has no inputs; name those that it reads, of {columns}")];
        }

        return transform.Inputs.Select(input => schema.IndexOf(input) is var index and >= 0
            ? schema.Columns[index]
            : throw new InvalidFeatureViewException($"a {name} reads '{input}', which is no input; expected one of {columns}"));
    }

    private static void Demand(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidFeatureViewException(message);
        }
    }
}
