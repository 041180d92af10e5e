using System.Collections.Immutable;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Inputs;

/// <summary>One row for a model, given as <c>column=value</c>.</summary>
public static class GivenValues
{
    /// <summary>Reads a row. A column that may be missing may be left out; <c>column=</c> is a missing value.</summary>
    /// <param name="schema">What the model reads.</param>
    /// <param name="values">The values, each behind its column's name and an equals sign.</param>
    /// <exception cref="InvalidDataSourceException">One is no <c>column=value</c>, or a column is missing, given twice or unknown.</exception>
    public static GivenRows Read(InputSchema schema, IReadOnlyCollection<string> values)
    {
        if (values.FirstOrDefault(value => !value.Contains('=', StringComparison.Ordinal)) is { } broken)
        {
            throw new InvalidDataSourceException(
                $"'{ShownText.Of(broken)}' is no column=value and no file; the model reads {ShownText.Names([.. schema.Columns.Select(column => $"{column.Name}=…")])}");
        }

        ImmutableArray<(string Column, string Value)> given = [.. values.Select(value => (value[..value.IndexOf('=', StringComparison.Ordinal)], value[(value.IndexOf('=', StringComparison.Ordinal) + 1)..]))];
        if (new GivenNames(schema, []).ProblemOf([.. given.Select(one => one.Column)]) is { Problem: var problem })
        {
            throw new InvalidDataSourceException(problem);
        }

        GivenRowsBuilder rows = new(schema);
        rows.Add(line: null, [.. schema.Columns.Select(column => given.FirstOrDefault(one => one.Column == column.Name).Value is { Length: > 0 } value ? value : null)], fault: null);
        return rows.ToRows();
    }
}
