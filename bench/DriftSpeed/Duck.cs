using System.Diagnostics.CodeAnalysis;
using DuckDB.NET.Data;

namespace Lifecycle.DriftSpeed;

/// <summary>Writes the files that are measured.</summary>
internal static class Duck
{
    [SuppressMessage("Security", "CA2100", Justification = "The statements are this program's own.")]
    public static async Task WriteParquetAsync(string query, string path, CancellationToken cancellation)
    {
        using DuckDBConnection connection = new("DataSource=:memory:");
        await connection.OpenAsync(cancellation);
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"SET memory_limit = '4GB'; SET preserve_insertion_order = false; COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)";
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
