using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Lifecycle.LocalEngine.Schedules;
using Lifecycle.LocalEngine.Visibility.Queries;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Schedule.V1;
using ScheduleState = Lifecycle.LocalEngine.Schedules.ScheduleState;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>The table of schedules.</summary>
internal sealed class ScheduleStore(SqliteConnection connection)
{
    private const string Columns =
        "namespace, schedule_id, created, definition, memo, search_attributes, progress, last_result, last_failure";

    private readonly Statement save = new(connection, $"""
        INSERT OR REPLACE INTO schedules ({Columns}, paused, search_values)
        VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """);

    private readonly Statement delete = new(connection, "DELETE FROM schedules WHERE namespace = $0 AND schedule_id = $1");
    private readonly Statement all = new(connection, $"SELECT {Columns} FROM schedules");

    public void Save(ScheduleState state) => save.Execute(
        state.Namespace,
        state.ScheduleId,
        ColumnTime.From(state.CreatedAt),
        state.Definition.ToByteArray(),
        state.Memo.ToByteArray(),
        state.SearchAttributes.ToByteArray(),
        ScheduleProgress.Write(state),
        state.LastCompletionResult?.ToByteArray(),
        state.LastFailure?.ToByteArray(),
        state.IsPaused ? 1 : 0,
        StoredAttributes.Comparable(state.SearchAttributes));

    public void Delete(ScheduleKey key) => delete.Execute(key.Namespace, key.ScheduleId);

    public List<ScheduleState> All() => all.Query(Read);

    /// <summary>A page of the schedules of a namespace that match, latest first unless the query orders.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The query was compiled: its columns are the program's own, its literals are parameters.")]
    public static List<ScheduleState> Page(SqliteConnection connection, string @namespace, CompiledQuery query, int offset, int size)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT {Columns} FROM schedules WHERE namespace = $namespace AND {query.Where}
            ORDER BY {query.OrderBy ?? "created DESC, schedule_id"} LIMIT $size OFFSET $offset
            """;
        command.Parameters.AddWithValue("$namespace", @namespace);
        command.Parameters.AddWithValue("$size", size);
        command.Parameters.AddWithValue("$offset", offset);
        for (var index = 0; index < query.Parameters.Length; index++)
        {
            command.Parameters.AddWithValue(CompiledQuery.ParameterName(index), query.Parameters[index]);
        }

        using var reader = command.ExecuteReader();
        var page = new List<ScheduleState>();
        while (reader.Read())
        {
            page.Add(Read(reader));
        }

        return page;
    }

    private static ScheduleState Read(SqliteDataReader row)
    {
        try
        {
            return SetAsideSchedule.Check(Parsed(row));
        }
        catch (Exception problem) when (problem is not SqliteException)
        {
            return SetAsideSchedule.StandIn(new(row.GetString(0), row.GetString(1)), problem);
        }
    }

    private static ScheduleState Parsed(SqliteDataReader row)
    {
        var created = ColumnTime.To(row.GetInt64(2));
        var state = new ScheduleState
        {
            Namespace = row.GetString(0),
            ScheduleId = row.GetString(1),
            CreatedAt = created,
            SettledUntil = created,
            Definition = Schedule.Parser.ParseFrom(row.GetFieldValue<byte[]>(3)),
            Memo = Memo.Parser.ParseFrom(row.GetFieldValue<byte[]>(4)),
            SearchAttributes = SearchAttributes.Parser.ParseFrom(row.GetFieldValue<byte[]>(5)),
            LastCompletionResult = row.IsDBNull(7) ? null : Payloads.Parser.ParseFrom(row.GetFieldValue<byte[]>(7)),
            LastFailure = row.IsDBNull(8) ? null : Failure.Parser.ParseFrom(row.GetFieldValue<byte[]>(8)),
        };
        return state.Definition is { Spec: not null, Action.StartWorkflow: not null, Policies: not null, State: not null }
            ? ScheduleProgress.Read(state, row.GetString(6))
            : throw new InvalidDataException("the definition has no spec, action, policies or state");
    }
}
