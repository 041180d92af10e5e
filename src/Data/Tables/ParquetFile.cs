using System.Collections.Immutable;
using System.Data.Common;
using DuckDB.NET.Data;
using Lifecycle.Domain.Files;

namespace Lifecycle.Data.Tables;

/// <summary>A Parquet file open for reading, in a session that can read nothing else.</summary>
internal sealed class ParquetFile : IDisposable
{
    private readonly string path;
    private readonly string name;
    private readonly string? condition;
    private readonly StagingFolder spill;
    private readonly DuckSession session;

    /// <summary>Opens a file.</summary>
    /// <param name="parquetPath">Where it lies.</param>
    /// <param name="limits">What reading may use.</param>
    /// <param name="shownName">Its name in messages; the file's own unless given.</param>
    /// <param name="condition">SQL condition of the rows that are read and counted; all unless given.</param>
    public ParquetFile(string parquetPath, DataLimits limits, string? shownName = null, string? condition = null)
    {
        this.condition = condition;
        path = Path.GetFullPath(parquetPath);
        name = shownName ?? Path.GetFileName(path);
        if (FileFacts.Of(path).Kind is var kind and not FileKind.Regular)
        {
            string file = $"'{name}'";
            throw new InvalidDataSourceException(kind == FileKind.Nothing ? $"{file} is missing" : new NotRegularFileException(file, kind).Message);
        }

        spill = new StagingFolder(path);
        session = DuckSession.Open(limits, [Path.GetDirectoryName(path)!], spill.Path, CancellationToken.None);
    }

    private string Source => $"read_parquet({Sql.Literal(path)})";

    private string Where => condition is null ? "" : $" WHERE {condition}";

    /// <summary>Names of all columns, in the order of the file.</summary>
    public ImmutableArray<string> Columns() => Guard(() => session.Rows($"DESCRIBE SELECT * FROM {Source}", row => row.GetString(0)));

    /// <summary>Names of all columns with the database's types, in the order of the file.</summary>
    public ImmutableArray<(string Name, string Type)> TypedColumns() =>
        Guard(() => session.Rows($"DESCRIBE SELECT * FROM {Source}", row => (row.GetString(0), row.GetString(1))));

    /// <summary>Bytes of the largest row group without compression; 0 of a file without rows.</summary>
    public long LargestRowGroupBytes() => Guard(() => session.Scalar<long?>($"""
        SELECT max(bytes)::BIGINT FROM (
            SELECT sum(total_uncompressed_size) AS bytes FROM parquet_metadata({Sql.Literal(path)}) GROUP BY row_group_id)
        """)) ?? 0;

    /// <summary>Number of rows.</summary>
    public long RowCount() => Guard(() => session.Scalar<long>($"SELECT count(*) FROM {Source}{Where}"));

    /// <summary>Rows one by one; the same reader object is returned for each.</summary>
    public IEnumerable<DbDataReader> Rows(string columns)
    {
        using DuckDBDataReader reader = Guard(() => session.Stream($"SELECT {columns} FROM {Source}{Where}"));
        while (Guard(reader.Read))
        {
            yield return reader;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        spill.Dispose();
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DuckDBException exception)
        {
            throw new InvalidDataSourceException($"'{name}' could not be read: {exception.Message.ReplaceLineEndings(" ").Trim()}", exception);
        }
    }
}
