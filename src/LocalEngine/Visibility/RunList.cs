using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Visibility.Queries;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Visibility;

/// <summary>Lists and counts runs, as committed. Unless the query orders, open runs come first, then the latest closed.</summary>
internal static class RunList
{
    private const string Columns = """
        workflow_id, run_id, workflow_type, task_queue, start_time, execution_time, close_time, status, history_length, history_bytes,
        transition_count, first_run_id, parent_workflow_id, parent_run_id, root_workflow_id, root_run_id, memo, search_attributes
        """;

    private const string DefaultOrder = $"coalesce(close_time, {RunColumns.NotClosed}) DESC, start_time DESC, run_key DESC";

    /// <summary>A page of runs from an offset.</summary>
    public static List<WorkflowExecutionInfo> Page(SqliteConnection connection, DescribeNamespaceResponse @namespace, CompiledQuery query, int offset, int size)
    {
        using var command = Command(
            connection,
            $"SELECT {Columns} FROM runs WHERE namespace = $namespace AND {query.Where} ORDER BY {query.OrderBy ?? DefaultOrder} LIMIT $size OFFSET $offset",
            @namespace.NamespaceInfo.Name,
            query);
        command.Parameters.AddWithValue("$size", size);
        command.Parameters.AddWithValue("$offset", offset);
        using var reader = command.ExecuteReader();
        var page = new List<WorkflowExecutionInfo>();
        while (reader.Read())
        {
            page.Add(Read(reader, @namespace.NamespaceInfo.Id));
        }

        return page;
    }

    /// <summary>How many runs match, by execution status where the query groups, else in one group.</summary>
    public static List<(WorkflowExecutionStatus Status, long Count)> Count(SqliteConnection connection, string @namespace, CompiledQuery query)
    {
        using var command = Command(
            connection,
            $"SELECT {query.GroupBy ?? "0"}, count(*) FROM runs WHERE namespace = $namespace AND {query.Where} GROUP BY 1 ORDER BY 1",
            @namespace,
            query);
        using var reader = command.ExecuteReader();
        var groups = new List<(WorkflowExecutionStatus, long)>();
        while (reader.Read())
        {
            groups.Add(((WorkflowExecutionStatus)reader.GetInt64(0), reader.GetInt64(1)));
        }

        return groups;
    }

    [SuppressMessage("Security", "CA2100", Justification = "The query was compiled: its columns are the program's own, its literals are parameters.")]
    private static SqliteCommand Command(SqliteConnection connection, string sql, string @namespace, CompiledQuery query)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$namespace", @namespace);
        for (var index = 0; index < query.Parameters.Length; index++)
        {
            command.Parameters.AddWithValue(CompiledQuery.ParameterName(index), query.Parameters[index]);
        }

        return command;
    }

    private static WorkflowExecutionInfo Read(SqliteDataReader row, string namespaceId)
    {
        var executionTime = StoredColumn.ListedTime(row, 5);
        DateTimeOffset? closedAt = row.IsDBNull(6) ? null : StoredColumn.ListedTime(row, 6);
        return new()
        {
            Execution = new() { WorkflowId = row.GetString(0), RunId = row.GetString(1) },
            Type = new() { Name = row.GetString(2) },
            TaskQueue = row.GetString(3),
            StartTime = StoredColumn.ListedTime(row, 4).ToTimestamp(),
            ExecutionTime = executionTime.ToTimestamp(),
            CloseTime = closedAt?.ToTimestamp(),
            ExecutionDuration = closedAt is { } closed ? (closed - executionTime).ToDuration() : null,
            Status = (WorkflowExecutionStatus)row.GetInt64(7),
            HistoryLength = row.GetInt64(8),
            HistorySizeBytes = row.GetInt64(9),
            StateTransitionCount = row.GetInt64(10),
            FirstRunId = row.GetString(11),
            ParentExecution = row.IsDBNull(12) ? null : new() { WorkflowId = row.GetString(12), RunId = row.GetString(13) },
            ParentNamespaceId = row.IsDBNull(12) ? "" : namespaceId,
            RootExecution = new() { WorkflowId = row.GetString(14), RunId = row.GetString(15) },
            Memo = Readable(Memo.Parser, row.GetFieldValue<byte[]>(16)),
            SearchAttributes = row.GetFieldValue<byte[]>(17) is { Length: > 0 } attributes ? Readable(SearchAttributes.Parser, attributes) : null,
        };
    }

    // One record that cannot be read must not hide all others: the run is listed without it, and describing it says why.
    private static T? Readable<T>(MessageParser<T> parser, byte[] stored)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(stored);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
