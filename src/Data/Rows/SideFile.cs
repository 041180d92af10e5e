using System.Collections.Immutable;
using System.Data.Common;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Rows;

/// <summary>The Parquet file of one side of a split, open for reading.</summary>
internal sealed class SideFile : IDisposable
{
    private readonly ParquetFile file;
    private readonly string name;

    /// <summary>Opens a file.</summary>
    /// <param name="parquetPath">Where it lies.</param>
    /// <param name="limits">What reading may use.</param>
    /// <param name="condition">SQL condition of the rows that are read; all unless given.</param>
    public SideFile(string parquetPath, DataLimits limits, string? condition = null)
    {
        name = Path.GetFileName(parquetPath);
        file = new ParquetFile(parquetPath, limits, condition: condition);
        try
        {
            Columns = file.Columns();
            Rows = checked((int)file.RowCount());
            if (!Columns.Contains(SplitColumns.Label))
            {
                throw new InvalidDataSourceException($"'{name}' has no column '{SplitColumns.Label}', so it is no side of a split; it has {ShownText.Names(Columns)}");
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Names of all columns.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Names of the slices.</summary>
    public IEnumerable<string> Slices => Columns.Select(SplitColumns.SliceOf).OfType<string>();

    /// <summary>Whether a column is there and asked for.</summary>
    public bool Has(string column, RowParts parts, RowParts part) => parts.HasFlag(part) && Columns.Contains(column);

    /// <summary>SQL name of the column with an input.</summary>
    /// <exception cref="InvalidDataSourceException">There is none.</exception>
    public string InputOf(InputColumn input, InputSchema schema) => SplitColumns.Find(input.Name, schema.OnlyText is not null, Columns) is { } column
        ? Sql.Name(column)
        : throw new InvalidDataSourceException(
            $"'{name}' has no column '{SplitColumns.Input(input.Name)}' for the input '{input.Name}'; it has {ShownText.Names(Columns)}. It was split for other inputs: split the snapshot anew");

    /// <summary>Reads all rows once.</summary>
    public void Fill(ImmutableArray<RowColumn> columns)
    {
        int row = 0;
        foreach (DbDataReader from in file.Rows(string.Join(", ", columns.Select(column => column.Sql))))
        {
            for (int column = 0; column < columns.Length; column++)
            {
                columns[column].Read(from, column, row);
            }

            row++;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
