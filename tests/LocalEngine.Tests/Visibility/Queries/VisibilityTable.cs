using System.Collections.Immutable;
using Lifecycle.LocalEngine.Visibility.Queries;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Tests.Visibility.Queries;

/// <summary>A table in memory with one column of each kind, and queries that really run on it.</summary>
internal sealed class VisibilityTable : IDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");

    public VisibilityTable()
    {
        connection.Open();
        Execute("CREATE TABLE runs (id TEXT, status INTEGER, started INTEGER, closed INTEGER, length INTEGER, duration INTEGER, attributes TEXT)");
    }

    public static AttributeColumn? Column(string name) => name switch
    {
        "WorkflowId" => new("id", IndexedValueType.Keyword),
        "ExecutionStatus" => new("status", IndexedValueType.Keyword) { Meaning = AttributeMeaning.ExecutionStatus },
        "StartTime" => new("started", IndexedValueType.Datetime),
        "CloseTime" => new("closed", IndexedValueType.Datetime) { SqlWhenAbsent = "9223372036854775807" },
        "HistoryLength" => new("length", IndexedValueType.Int),
        "ExecutionDuration" => new("duration", IndexedValueType.Int) { Meaning = AttributeMeaning.Duration },
        "Stage" => AttributeColumn.JsonMember("attributes", name, IndexedValueType.Keyword),
        "It's" => AttributeColumn.JsonMember("attributes", name, IndexedValueType.Keyword),
        "Score" => AttributeColumn.JsonMember("attributes", name, IndexedValueType.Double),
        "Urgent" => AttributeColumn.JsonMember("attributes", name, IndexedValueType.Bool),
        "Tags" => AttributeColumn.JsonMember("attributes", name, IndexedValueType.KeywordList),
        "Notes" => AttributeColumn.JsonMember("attributes", name, IndexedValueType.Text),
        _ => null,
    };

    public VisibilityTable With(string id, int status = 1, string? started = null, string? closed = null, long length = 0, long? duration = null, string attributes = "{}")
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO runs VALUES ($id, $status, $started, $closed, $length, $duration, $attributes)";
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$status", status);
        command.Parameters.AddWithValue("$started", Time(started));
        command.Parameters.AddWithValue("$closed", Time(closed));
        command.Parameters.AddWithValue("$length", length);
        command.Parameters.AddWithValue("$duration", duration.HasValue ? duration.Value : DBNull.Value);
        command.Parameters.AddWithValue("$attributes", attributes);
        command.ExecuteNonQuery();
        return this;
    }

    /// <summary>The ids that match, in the query's order, else in order of insertion.</summary>
    public string Find(string query)
    {
        var compiled = QueryCompiler.ForList(VisibilityQuery.Parse(query), Column);
        return string.Join(' ', Read($"SELECT id FROM runs WHERE {compiled.Where} ORDER BY {compiled.OrderBy ?? "rowid"}", compiled));
    }

    public ImmutableArray<string> Count(string query)
    {
        var compiled = QueryCompiler.ForCount(VisibilityQuery.Parse(query), Column);
        var key = compiled.GroupBy ?? "'all'";
        return Read($"SELECT {key} || ':' || count(*) FROM runs WHERE {compiled.Where} GROUP BY {key} ORDER BY 1", compiled);
    }

    public void Dispose() => connection.Dispose();

    private ImmutableArray<string> Read(string sql, CompiledQuery compiled)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < compiled.Parameters.Length; index++)
        {
            command.Parameters.AddWithValue(CompiledQuery.ParameterName(index), compiled.Parameters[index]);
        }

        using var reader = command.ExecuteReader();
        var rows = ImmutableArray.CreateBuilder<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows.ToImmutable();
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object Time(string? text) =>
        text is null ? DBNull.Value : ColumnTime.From(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
