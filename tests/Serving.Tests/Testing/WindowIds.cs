using System.Data.Common;
using DuckDB.NET.Data;

namespace Lifecycle.Serving.Tests.Testing;

/// <summary>Request ids of a window's rows, in the file's order.</summary>
internal static class WindowIds
{
    public static List<string> Of(string parquetPath)
    {
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT request_id FROM read_parquet('{parquetPath}')";
        using DbDataReader reader = command.ExecuteReader();
        List<string> ids = [];
        while (reader.Read())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }
}
