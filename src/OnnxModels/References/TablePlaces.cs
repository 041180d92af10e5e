using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Protocol;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.References;

/// <summary>
/// Writes where a row stands in a table: the number of its value in the first column, and then, column by column, the number of the
/// combination with the next value. Both are numbered in order of first appearance, so that the last is the table's row.
/// </summary>
/// <param name="writer">Writes the graph.</param>
/// <param name="columns">The graph's columns.</param>
/// <param name="schema">The model's columns.</param>
/// <param name="name">Begins the name of every node.</param>
internal sealed class TablePlaces(GraphWriter writer, FeaturizerGraph columns, InputSchema schema, string name)
{
    /// <summary>Appends the position of each row, int64 [N, 1]; -1 where the table has none.</summary>
    public string Of(AnswerTable table)
    {
        int[] places = new int[table.Rows.Length];
        string place = "";
        foreach ((int index, KeyColumn key) in table.Columns.Index())
        {
            ImmutableArray<string?> values = [.. table.Rows.Select(row => row.Values[index]).Distinct()];
            Dictionary<string, int> numbers = values.Index().ToDictionary(value => value.Item ?? LevelCodes.Missing, value => value.Index, StringComparer.Ordinal);
            string value = Value(FormattableString.Invariant($"value_{index}"), key, values);
            if (index == 0)
            {
                place = value;
                places = [.. table.Rows.Select(row => numbers[row.Values[0] ?? LevelCodes.Missing])];
            }
            else
            {
                long[] pairs = [.. table.Rows.Select((row, at) => ((places[at] + 1L) * (values.Length + 1)) + numbers[row.Values[index] ?? LevelCodes.Missing] + 1)];
                place = Combined(FormattableString.Invariant($"place_{index}"), place, value, values.Length + 1, [.. pairs.Distinct()]);
                Dictionary<long, int> combined = pairs.Distinct().Index().ToDictionary(pair => pair.Item, pair => pair.Index);
                places = [.. pairs.Select(pair => combined[pair])];
            }
        }

        return place;
    }

    private string Combined(string step, string before, string value, int values, ImmutableArray<long> pairs)
    {
        string one = Integer($"{step}/one", 1);
        string rows = Node("Mul", $"{step}/rows", Node("Add", $"{step}/before", before, one), Integer($"{step}/values", values));
        string pair = Node("Add", $"{step}/pair", rows, Node("Add", $"{step}/value", value, one));
        return Encoded(step, pair, Attributes.Integers("keys_int64s", pairs), Enumerable.Range(0, pairs.Length).Select(at => (long)at));
    }

    private string Value(string step, KeyColumn key, ImmutableArray<string?> values)
    {
        InputColumn column = schema.Columns[schema.IndexOf(key.Name)];
        ColumnNodes nodes = columns[column];
        if (!key.Edges.IsEmpty)
        {
            return Binned(step, key, nodes, values);
        }

        if (column.Type == InputType.Number)
        {
            float[] known = [.. values.OfType<string>().Select(value => float.Parse(value, CultureInfo.InvariantCulture))];
            return WithMissing(step, nodes, Encoded($"{step}/number", nodes.Numbers, Attributes.Floats("keys_floats", known is [] ? [0] : known), PlacesOf(values)), values);
        }

        return new LevelTable(column, [.. values.Select(value => KeyOf(column, value))], Unknown: -1).Compile(nodes, $"{name}/{step}");
    }

    private string Binned(string step, KeyColumn key, ColumnNodes nodes, ImmutableArray<string?> values)
    {
        string edges = writer.Constant(Tensors.Floats($"{name}/{step}/edges", key.Edges.AsSpan(), 1, key.Edges.Length));
        string passed = writer.Node(OperatorDomains.Standard, "Cast", $"{name}/{step}/passed", [Node("Greater", $"{step}/above", nodes.Numbers, edges)], Attributes.Integer("to", (long)DataType.Int64));
        string bin = writer.Node(OperatorDomains.Standard, "ReduceSum", $"{name}/{step}/bin", [passed, Integer($"{step}/axis", 1)]);
        ImmutableArray<string> bins = key.Bins;
        long[] known = [.. values.OfType<string>().Select(value => (long)bins.IndexOf(value))];
        return WithMissing(step, nodes, Encoded($"{step}/known", bin, Attributes.Integers("keys_int64s", known is [] ? [-1] : known), PlacesOf(values)), values);
    }

    private string WithMissing(string step, ColumnNodes nodes, string known, ImmutableArray<string?> values)
    {
        string missing = Integer($"{step}/missing_place", values.IndexOf(null));
        return Node("Where", step, Node("IsNaN", $"{step}/missing", nodes.Numbers), missing, known);
    }

    // A table without an entry is refused: its one key leads to nothing.
    private static long[] PlacesOf(ImmutableArray<string?> values) =>
        values.Index().Where(value => value.Item is not null).Select(value => (long)value.Index).ToArray() is [_, ..] places ? places : [-1];

    private string Encoded(string step, string input, AttributeProto keys, IEnumerable<long> places) => writer.Node(
        OperatorDomains.MachineLearning, "LabelEncoder", $"{name}/{step}", [input], keys, Attributes.Integers("values_int64s", places), Attributes.Integer("default_int64", -1));

    private string Integer(string step, long value) => writer.Constant(Tensors.Integers($"{name}/{step}", [value], 1));

    private string Node(string operation, string step, params string[] inputs) => writer.Node(OperatorDomains.Standard, operation, $"{name}/{step}", inputs);

    private static string KeyOf(InputColumn column, string? value) =>
        value is null ? LevelCodes.Missing : column.Type == InputType.Boolean ? (value == "true" ? "1" : "0") : value;
}
