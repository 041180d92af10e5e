using System.Collections.Immutable;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Rows;

/// <summary>Reads the Parquet files of both sides of a split, those of models from before there were schemas too.</summary>
public static class RowSets
{
    /// <summary>All rows of a side, in the order of the file. Columns that nobody asks for are not read.</summary>
    /// <param name="parquetPath">The file.</param>
    /// <param name="schema">The model's inputs.</param>
    /// <param name="parts">What is read beside inputs and labels.</param>
    /// <param name="limits">What reading may use.</param>
    /// <exception cref="InvalidDataSourceException">The file is missing, damaged, no side of a split, or of a model with other inputs.</exception>
    public static RowSet Read(string parquetPath, InputSchema schema, RowParts parts, DataLimits limits)
    {
        using SideFile file = new(parquetPath, limits);
        return Read(file, schema, parts);
    }

    /// <summary>The rows of a TrainingSet, those that a trainer stops early by apart from those that it learns from.</summary>
    /// <param name="parquetPath">The file.</param>
    /// <param name="schema">The model's inputs.</param>
    /// <param name="parts">What is read beside inputs and labels.</param>
    /// <param name="limits">What reading may use.</param>
    /// <exception cref="InvalidDataSourceException">The file is missing, damaged, no side of a split, or of a model with other inputs.</exception>
    public static TrainingParts ReadTraining(string parquetPath, InputSchema schema, RowParts parts, DataLimits limits)
    {
        using (SideFile whole = new(parquetPath, limits))
        {
            if (!whole.Columns.Contains(SplitColumns.Validation))
            {
                return new TrainingParts(Read(whole, schema, parts), Validation: null);
            }
        }

        using SideFile learned = new(parquetPath, limits, $"NOT {SplitColumns.Validation}");
        using SideFile watched = new(parquetPath, limits, SplitColumns.Validation);
        return new TrainingParts(Read(learned, schema, parts), Read(watched, schema, parts));
    }

    private static RowSet Read(SideFile file, InputSchema schema, RowParts parts)
    {
        ImmutableArray<InputValueColumn> inputs = [.. schema.Columns.Select(input => InputValueColumn.Of(input.Type, file.InputOf(input, schema), file.Rows))];
        PlainColumn<double> labels = new($"{SplitColumns.Label}::DOUBLE", file.Rows, (row, column) => row.GetDouble(column));
        PlainColumn<string>? keys = file.Has(SplitColumns.Key, parts, RowParts.Keys) ? new(SplitColumns.Key, file.Rows, (row, column) => row.GetString(column)) : null;
        PlainColumn<double>? weights = file.Has(SplitColumns.Weight, parts, RowParts.Weights) ? new(SplitColumns.Weight, file.Rows, (row, column) => row.GetDouble(column)) : null;
        NumberedColumn? clusters = file.Has(SplitColumns.Cluster, parts, RowParts.Clusters) ? new(SplitColumns.Cluster, file.Rows) : null;
        PlainColumn<double>? lookups = file.Has(SplitColumns.Lookup, parts, RowParts.Lookups)
            ? new($"{SplitColumns.Lookup}::DOUBLE", file.Rows, (row, column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column))
            : null;
        ImmutableSortedDictionary<string, PlainColumn<bool>> slices = (parts.HasFlag(RowParts.Slices) ? file.Slices : []).ToImmutableSortedDictionary(
            slice => slice, slice => new PlainColumn<bool>(Sql.Name(SplitColumns.Slice(slice)), file.Rows, (row, column) => row.GetBoolean(column)), StringComparer.Ordinal);
        file.Fill([.. inputs, labels, .. new RowColumn?[] { keys, weights, clusters, lookups }.OfType<RowColumn>(), .. slices.Values]);
        return new RowSet
        {
            Inputs = new InputRows(schema, [.. inputs.Select(input => input.Values)]),
            Labels = labels.Values,
            Keys = keys?.Values ?? [],
            Weights = weights?.Values ?? [],
            Clusters = clusters?.Values ?? [],
            Lookups = lookups?.Values ?? [],
            Slices = slices.ToImmutableSortedDictionary(slice => slice.Key, slice => slice.Value.Values, StringComparer.Ordinal),
        };
    }
}
