using System.Collections.Immutable;
using System.Data.Common;
using Lifecycle.Data.Labels;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Snapshots;

/// <summary>What a model knows by heart before it has labels: the rows that the script of <c>reference.coldStart.lookup</c> selects.</summary>
public static class LookupRows
{
    /// <summary>Most rows of a lookup.</summary>
    public const int MaximumRows = 200_000;

    private const string LabelColumn = "label";

    /// <summary>
    /// The definition with the lookup in the place of its data, so that it is taken as any DataSnapshot: locked down, sorted, with
    /// the digests of what it read.
    /// </summary>
    /// <param name="definition">The model; it has a cold start with a lookup.</param>
    public static ModelDefinition SourceOf(ModelDefinition definition)
    {
        ColdStartDefinition start = definition.Reference.ColdStart
            ?? throw new InvalidDataSourceException($"'{definition.Name}' has no 'reference.coldStart'");
        return definition with
        {
            Source = definition.Source with { Sql = start.Lookup!, Files = start.Files, Feedback = false },
            Plan = new() { Listed = [new SnapshotDefinition { Id = Origin.ReferenceName, Cutoff = start.Cutoff, Parameters = start.Parameters }] },
        };
    }

    /// <summary>Reads the rows: the model's inputs that the script selects, and the label as the target numbers it.</summary>
    /// <param name="parquetPath">The rows as they were taken.</param>
    /// <param name="definition">The model; it has a cold start with a lookup.</param>
    /// <param name="limits">What reading may use.</param>
    /// <exception cref="InvalidDataSourceException">A column is missing or of another type, or a row says nothing, or there are more than <see cref="MaximumRows"/>.</exception>
    public static RowSet Read(string parquetPath, ModelDefinition definition, DataLimits limits)
    {
        string script = definition.Reference.ColdStart!.Lookup!;
        using ParquetFile file = new(parquetPath, limits);
        ImmutableArray<(string Name, string Type)> found = file.TypedColumns();
        (InputColumn Column, string Name, string Sql)[] selected = [.. Selected(found, definition.Features.Schema, script)];
        LabelRules labels = LabelRules.Of(definition.Predicts);
        if (file.RowCount() is > MaximumRows)
        {
            throw new InvalidDataSourceException($"{script} selects more than {MaximumRows:N0} rows; a lookup is a part of the model's file: select what matters most");
        }

        RefuseUnknown(file, selected, labels, script);
        int rows = (int)file.RowCount();
        ImmutableArray<InputValueColumn> inputs = [.. selected.Select(input => InputValueColumn.Of(input.Column.Type, $"({input.Sql})", rows))];
        PlainColumn<double> known = new(labels.Numbered(LabelColumn), rows, (row, column) => row.GetDouble(column));
        ImmutableArray<RowColumn> columns = [.. inputs, known];
        int index = 0;
        foreach (DbDataReader row in file.Rows(string.Join(", ", columns.Select(column => column.Sql))))
        {
            for (int column = 0; column < columns.Length; column++)
            {
                columns[column].Read(row, column, index);
            }

            index++;
        }

        return new RowSet
        {
            Inputs = new InputRows(new InputSchema([.. selected.Select(input => input.Column)]), [.. inputs.Select(input => input.Values)]),
            Labels = known.Values,
        };
    }

    private static IEnumerable<(InputColumn Column, string Name, string Sql)> Selected(ImmutableArray<(string Name, string Type)> found, InputSchema schema, string script)
    {
        string shown = string.Join(", ", found.Select(column => column.Name));
        if (!found.Any(column => column.Name == LabelColumn))
        {
            throw new InvalidDataSourceException($"{script} selects no column '{LabelColumn}'; it selects {shown}. Select what is known as '{LabelColumn}'");
        }

        (string Name, string Type)[] keys = [.. found.Where(column => column.Name != LabelColumn)];
        foreach ((string name, string type) in keys)
        {
            InputColumn input = schema.Columns.FirstOrDefault(column => column.Name == name) ?? (name == SplitColumns.OnlyText ? schema.OnlyText : null)
                ?? throw new InvalidDataSourceException($"{script} selects column '{name}', which is no input of the model; it may select {string.Join(", ", Names(schema))} and '{LabelColumn}'");
            if (!SplitColumns.Fits(input, type))
            {
                throw new InvalidDataSourceException($"{script} selects '{name}' as {type}; expected {SplitColumns.Wanted(input)}");
            }

            yield return (input, name, SplitColumns.Stored(input with { Name = name }, type));
        }

        if (keys.Length == 0)
        {
            throw new InvalidDataSourceException($"{script} selects no column {string.Join(" or ", Names(schema).Select(name => $"'{name}'"))} to look up by; it selects {shown}");
        }
    }

    private static IEnumerable<string> Names(InputSchema schema) =>
        schema.OnlyText is { } text && text.Name != SplitColumns.OnlyText ? [SplitColumns.OnlyText, text.Name] : schema.Columns.Select(column => column.Name);

    private static void RefuseUnknown(ParquetFile file, (InputColumn Column, string Name, string Sql)[] selected, LabelRules labels, string script)
    {
        string label = labels.Numbered(LabelColumn);
        string[] absent = [.. selected.Where(input => !input.Column.Nullable).Select(input => input.Sql)];
        string told = string.Join(", ", selected.Select(input => $"coalesce(({input.Sql})::VARCHAR, 'null')").Append($"coalesce({LabelColumn}::VARCHAR, 'null')"));
        string sound = string.Join(" AND ", absent.Select(input => $"({input}) IS NOT NULL").Append($"({label}) IS NOT NULL AND isfinite({label}) AND abs({label}) <= {Sql.Number(float.MaxValue)}"));
        foreach (DbDataReader row in file.Rows($"{sound}, {told}"))
        {
            if (row.IsDBNull(0) || !row.GetBoolean(0))
            {
                string values = string.Join(", ", selected.Select((input, at) => $"{input.Name} '{row.GetString(at + 1)}'"));
                throw new InvalidDataSourceException(
                    $"{script} selects the row {values}, label '{row.GetString(selected.Length + 1)}'; expected a value each, and of the label {labels.Noun}. Leave out what is not known");
            }
        }
    }
}
