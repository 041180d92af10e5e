using Microsoft.Data.Sqlite;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>How far a run has come, as committed.</summary>
internal sealed record RunProgress(long Key, string RunId, WorkflowExecutionStatus Status, long HistoryLength)
{
    public bool IsOpen => Status == WorkflowExecutionStatus.Running;
}

/// <summary>The prepared statements of one reading connection.</summary>
internal sealed class ReadStatements(SqliteConnection connection)
{
    private const int BatchesAtOnce = 64;

    private readonly Statement current = new(connection, """
        SELECT run_key, run_id, status, history_length FROM runs
        WHERE namespace = $0 AND workflow_id = $1 ORDER BY run_key DESC LIMIT 1
        """);

    private readonly Statement byRunId = new(connection, """
        SELECT run_key, run_id, status, history_length FROM runs
        WHERE namespace = $0 AND workflow_id = $1 AND run_id = $2
        """);

    private readonly Statement forward = new(connection,
        "SELECT events FROM history WHERE run_key = $0 AND last_event > $1 ORDER BY last_event LIMIT $2");

    // The batch that holds an event ends with it or after it: one that ends later is read too, and cut.
    private readonly Statement backward = new(connection, """
        SELECT events FROM history WHERE run_key = $0 AND last_event <=
          (SELECT min(last_event) FROM history WHERE run_key = $0 AND last_event >= $1)
        ORDER BY last_event DESC LIMIT $2
        """);

    public SqliteConnection Connection { get; } = connection;

    public RunProgress? Progress(string @namespace, string workflowId, string runId) => (runId.Length == 0
        ? current.Query(ReadProgress, @namespace, workflowId)
        : byRunId.Query(ReadProgress, @namespace, workflowId, runId)).FirstOrDefault();

    /// <summary>The events after an id, in order, read in portions as they are asked for.</summary>
    public IEnumerable<HistoryEvent> EventsAfter(long key, long eventId)
    {
        while (true)
        {
            var portion = forward.Query(ReadBatch, key, eventId, BatchesAtOnce);
            foreach (var @event in portion.SelectMany(batch => batch.Events).Where(candidate => candidate.EventId > eventId))
            {
                yield return @event;
            }

            if (portion.Count < BatchesAtOnce)
            {
                yield break;
            }

            eventId = portion[^1].Events[^1].EventId;
        }
    }

    /// <summary>The events from an id down to the first, latest first.</summary>
    public IEnumerable<HistoryEvent> EventsFrom(long key, long eventId)
    {
        while (eventId > 0)
        {
            var portion = backward.Query(ReadBatch, key, eventId, BatchesAtOnce);
            foreach (var @event in portion.SelectMany(batch => batch.Events.Reverse()).Where(candidate => candidate.EventId <= eventId))
            {
                yield return @event;
            }

            eventId = portion.Count == 0 ? 0 : portion[^1].Events[0].EventId - 1;
        }
    }

    private static RunProgress ReadProgress(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), (WorkflowExecutionStatus)row.GetInt64(2), row.GetInt64(3));

    private static Temporalio.Api.History.V1.History ReadBatch(SqliteDataReader row) =>
        Temporalio.Api.History.V1.History.Parser.ParseFrom(row.GetFieldValue<byte[]>(0));
}
