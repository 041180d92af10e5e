using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>
/// One SQL statement of a connection, prepared once and run many times. Its parameters are <c>$0</c>, <c>$1</c>, … in
/// order; a null value is NULL. Not thread-safe, like its connection, which releases it when it is closed.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A connection disposes its commands.")]
internal sealed class Statement
{
    private readonly SqliteCommand command;

    [SuppressMessage("Security", "CA2100", Justification = "The text is the program's own; what callers send are parameters.")]
    public Statement(SqliteConnection connection, string sql)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
    }

    /// <summary>Runs it for its effect; the number of rows it changed.</summary>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The rows it selects, each read before the next is fetched.</summary>
    public List<T> Query<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var index = command.Parameters.Count; index < values.Length; index++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + index });
        }

        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }
    }
}
