using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// Decides whether rows are inputs of a model. A pure function of the schema and the rows, the same in fitting, training and serving.
/// </summary>
/// <param name="schema">The model's columns.</param>
public sealed class SchemaRules(InputSchema schema)
{
    private readonly ImmutableArray<ColumnRules> columns = [.. schema.Columns.Select(column => new ColumnRules(column, schema.Columns.Length == 1))];

    // The last schema that was found to be the same.
    private InputSchema? equal;

    /// <summary>The model's columns.</summary>
    public InputSchema Schema => schema;

    /// <summary>Why each row is refused, in a sentence that names the column, what was found and what is expected; null where it is not.</summary>
    public ImmutableArray<string?> Faults(InputRows rows)
    {
        InputRows matched = Match(rows);
        return [.. Enumerable.Range(0, matched.Count).Select(row => columns.Select((rules, i) => rules.Fault(matched.Columns[i], row)).FirstOrDefault(fault => fault is not null))];
    }

    /// <summary>Why rows with these columns cannot be scored at all, in a sentence; null where they can. Columns that the model does not read do no harm.</summary>
    public string? Mismatch(InputSchema given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return IsOneText(given) ? null : schema.Columns.Select(column => Mismatch(column, given)).FirstOrDefault(mismatch => mismatch is not null);
    }

    /// <summary>The rules of each column.</summary>
    internal ImmutableArray<ColumnRules> Columns => columns;

    /// <summary>The model's columns of some rows, in its order.</summary>
    /// <exception cref="ArgumentException">A column is not there, or has values of another type or number.</exception>
    internal InputRows Match(InputRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        InputRows matched = rows;
        if (!IsSame(rows.Schema))
        {
            matched = Mismatch(rows.Schema) is { } mismatch
                ? throw new ArgumentException($"The rows are none of this model: {mismatch}.", nameof(rows))
                : new InputRows(schema, IsOneText(rows.Schema) ? rows.Columns : [.. schema.Columns.Select(column => rows.Columns[rows.Schema.IndexOf(column.Name)])]);
        }

        if (matched.Columns.Length != columns.Length)
        {
            throw new ArgumentException($"The rows have {matched.Columns.Length} columns of values; expected {columns.Length}.", nameof(rows));
        }

        for (int i = 0; i < columns.Length; i++)
        {
            InputValues values = matched.Columns[i];
            if (!columns[i].Reads(values) || values.Count != matched.Count)
            {
                throw new ArgumentException($"Column '{columns[i].Column.Name}' of type {columns[i].Column.Type} has {values.Count} values as {values.GetType().Name}; expected {matched.Count} of its type.", nameof(rows));
            }
        }

        return matched;
    }

    // Callers make rows of one schema object: it is compared once.
    private bool IsSame(InputSchema given)
    {
        if (ReferenceEquals(given, schema) || ReferenceEquals(given, equal))
        {
            return true;
        }

        bool isSame = schema.Equals(given);
        equal = isSame ? given : equal;
        return isSame;
    }

    /// <summary>The rows as the graph reads them, checked.</summary>
    /// <exception cref="RefusedInputException">A value is none of its column.</exception>
    public InputRows Normalize(InputRows rows)
    {
        InputRows matched = Match(rows);
        return matched with { Columns = [.. columns.Select((rules, i) => Normalize(rules, matched.Columns[i]))] };
    }

    // Files from before do not know their column's name.
    private bool IsOneText(InputSchema given) => schema.OnlyText is not null && given.OnlyText is not null;

    private static string? Mismatch(InputColumn column, InputSchema given)
    {
        int index = given.IndexOf(column.Name);
        return index < 0
            ? $"column '{column.Name}' is missing; found {string.Join(", ", given.Columns.Select(found => $"'{found.Name}'"))}"
            : FormOf(given.Columns[index].Type) == FormOf(column.Type) ? null
            : $"column '{column.Name}' is of type {given.Columns[index].Type}; expected {column.Type}";
    }

    private static InputType FormOf(InputType type) => type is InputType.HostName or InputType.Category ? InputType.Text : type;

    private static InputValues Normalize(ColumnRules rules, InputValues values)
    {
        switch (values)
        {
            case InputValues.Numbers numbers:
                rules.Demand(numbers.Values.AsSpan(), firstRow: 0);
                return numbers;
            case InputValues.Integers integers:
                rules.Demand(integers.Values.AsSpan(), integers.Present.AsSpan(), firstRow: 0);
                return integers;
            default:
                ImmutableArray<string?> found = ((InputValues.Texts)values).Values;
                string?[] texts = new string?[found.Length];
                for (int row = 0; row < texts.Length; row++)
                {
                    string text = rules.Normalize(found[row], row);
                    texts[row] = found[row] is null ? null : text;
                }

                return new InputValues.Texts(ImmutableCollectionsMarshal.AsImmutableArray(texts));
        }
    }
}
