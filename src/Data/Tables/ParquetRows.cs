using System.Collections.Immutable;
using System.Data.Common;

namespace Lifecycle.Data.Tables;

/// <summary>Reads the Parquet files of both sides of the split.</summary>
public static class ParquetRows
{
    /// <summary>Prefix of the Holdout's columns that hold slices.</summary>
    internal const string SlicePrefix = "slice_";

    /// <summary>Rows of a TrainingSet one by one, in the order of the file; enumerate again to read again.</summary>
    /// <exception cref="InvalidDataSourceException">The file is missing, damaged or not a TrainingSet.</exception>
    public static IEnumerable<TrainingRow> ReadTraining(string parquetPath, DataLimits limits)
    {
        using ParquetFile file = new(parquetPath, limits);
        foreach (DbDataReader row in file.Rows("key, input, label = 1, weight"))
        {
            yield return new TrainingRow(row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetDouble(3));
        }
    }

    /// <summary>All rows of a Holdout.</summary>
    /// <exception cref="InvalidDataSourceException">The file is missing, damaged or not a Holdout.</exception>
    public static HoldoutRows ReadHoldout(string parquetPath, DataLimits limits)
    {
        using ParquetFile file = new(parquetPath, limits);
        ImmutableArray<string> sliceColumns = [.. file.Columns().Where(column => column.StartsWith(SlicePrefix, StringComparison.Ordinal))];
        HoldoutColumns columns = new(sliceColumns.Length);
        string selection = string.Join(", ", sliceColumns.Select(Sql.Name).Prepend("key, input, label = 1, weight, cluster, lookup = 1"));
        foreach (DbDataReader row in file.Rows(selection))
        {
            columns.Add(row);
        }

        return columns.ToRows([.. sliceColumns.Select(column => column[SlicePrefix.Length..])]);
    }
}
