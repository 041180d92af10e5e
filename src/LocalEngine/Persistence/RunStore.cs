using System.Collections.Immutable;
using Google.Protobuf;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Visibility.Queries;
using Microsoft.Data.Sqlite;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>
/// Runs, their histories and their pending activities, as the engine's thread writes them inside a transaction and reads
/// them back into memory.
/// </summary>
internal sealed class RunStore(SqliteConnection connection)
{
    private readonly Statement insertRun = new(connection, """
        INSERT INTO runs (run_key, namespace, workflow_id, run_id, first_run_id, start_request_id, workflow_type, task_queue,
          parent_workflow_id, parent_run_id, root_workflow_id, root_run_id, start_time, execution_time,
          memo, search_attributes, search_values, status, close_time, history_length, history_bytes, transition_count, due, awaits_worker, snapshot)
        VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
        """);

    private readonly Statement updateRun = new(connection, """
        UPDATE runs SET status = $1, close_time = $2, history_length = $3, history_bytes = $4, transition_count = $5,
          due = $6, awaits_worker = $7, snapshot = $8
        WHERE run_key = $0
        """);

    private readonly Statement updateAttributes = new(connection,
        "UPDATE runs SET memo = $1, search_attributes = $2, search_values = $3 WHERE run_key = $0");

    private readonly Statement appendHistory = new(connection, "INSERT INTO history (run_key, last_event, events) VALUES ($0, $1, $2)");
    private readonly Statement readHistory = new(connection, "SELECT events FROM history WHERE run_key = $0 ORDER BY last_event");
    private readonly Statement saveActivity = new(connection, "INSERT OR REPLACE INTO activities (run_key, scheduled_event, attempt) VALUES ($0, $1, $2)");
    private readonly Statement removeActivity = new(connection, "DELETE FROM activities WHERE run_key = $0 AND scheduled_event = $1");
    private readonly Statement removeActivities = new(connection, "DELETE FROM activities WHERE run_key = $0");
    private readonly Statement readActivities = new(connection, "SELECT scheduled_event, attempt FROM activities WHERE run_key = $0");
    private readonly Statement removeHistory = new(connection, "DELETE FROM history WHERE run_key = $0");
    private readonly Statement removeRun = new(connection, "DELETE FROM runs WHERE run_key = $0");
    private readonly Statement readRun = new(connection, """
        SELECT namespace, start_request_id, transition_count, snapshot, workflow_id, run_id, status, history_length, history_bytes,
          awaits_worker, due, start_time, execution_time, close_time
        FROM runs WHERE run_key = $0
        """);

    private readonly Statement findCurrent = new(connection,
        "SELECT run_key FROM runs WHERE namespace = $0 AND workflow_id = $1 ORDER BY run_key DESC LIMIT 1");

    private readonly Statement findRun = new(connection,
        "SELECT run_key FROM runs WHERE namespace = $0 AND workflow_id = $1 AND run_id = $2");

    private readonly Statement open = new(connection, "SELECT run_key, due, awaits_worker FROM runs WHERE status = 1");
    private readonly Statement lastKey = new(connection, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'runs'");

    public long LastKey() => lastKey.Query(row => row.GetInt64(0))[0];

    public List<StoredDeadline> OpenRuns() => open.Query(row =>
    {
        try
        {
            return new StoredDeadline(row.GetInt64(0), StoredColumn.Time(row, 1), StoredColumn.Whole(row, 2, 0, 1) == 1);
        }
        catch (InvalidDataException)
        {
            // Reading the run says why.
            return new StoredDeadline(row.GetInt64(0), Due: null, AwaitsWorker: false, IsReadable: false);
        }
    });

    /// <summary>The key of the latest run of a workflow id; null where there is none.</summary>
    public long? FindCurrent(string @namespace, string workflowId) =>
        findCurrent.Query(row => (long?)row.GetInt64(0), @namespace, workflowId).FirstOrDefault();

    public long? Find(string @namespace, string workflowId, string runId) =>
        findRun.Query(row => (long?)row.GetInt64(0), @namespace, workflowId, runId).FirstOrDefault();

    /// <summary>Reads a run with its whole history; null where it was deleted.</summary>
    public StoredRun? Read(long key)
    {
        if (readRun.Query(RunRow.Read, key) is not [var row])
        {
            return null;
        }

        var history = ReadHistory(key);
        var activities = row.Snapshot is null ? [] : readActivities.Query(stored => (stored.GetInt64(0), stored.GetString(1)), key);
        var state = RunSnapshot.Restore(row.Namespace, history, row.Snapshot, activities) with { TransitionCount = row.Transitions };
        row.RequireSame(state);
        return new StoredRun(key, row.StartRequestId, state) { History = history };
    }

    public void Insert(StoredRun run)
    {
        var (state, started) = (run.State, run.State.Started);
        var root = started.RootWorkflowExecution ?? state.Execution;
        insertRun.Execute(
            run.Key, state.Namespace, state.WorkflowId, state.RunId, started.FirstExecutionRunId, run.StartRequestId,
            started.WorkflowType.Name, state.TaskQueue, started.ParentWorkflowExecution?.WorkflowId, started.ParentWorkflowExecution?.RunId,
            root.WorkflowId, root.RunId, ColumnTime.From(state.StartedAt), ColumnTime.From(state.ExecutionTime),
            state.Memo.ToByteArray(), state.SearchAttributes.ToByteArray(), StoredAttributes.Comparable(state.SearchAttributes),
            (long)state.Status, Column(state.ClosedAt), state.NextEventId - 1, state.HistoryBytes, state.TransitionCount,
            Column(Deadlines.Next(state)), AwaitsWorker(state), Snapshot(state));
    }

    public void Update(StoredRun run)
    {
        var state = run.State;
        updateRun.Execute(
            run.Key, (long)state.Status, Column(state.ClosedAt), state.NextEventId - 1, state.HistoryBytes, state.TransitionCount,
            Column(Deadlines.Next(state)), AwaitsWorker(state), Snapshot(state));
    }

    public void UpdateAttributes(StoredRun run) => updateAttributes.Execute(
        run.Key, run.State.Memo.ToByteArray(), run.State.SearchAttributes.ToByteArray(), StoredAttributes.Comparable(run.State.SearchAttributes));

    public void Append(long key, IEnumerable<HistoryEvent> events)
    {
        var batch = new Temporalio.Api.History.V1.History();
        batch.Events.AddRange(events);
        appendHistory.Execute(key, batch.Events[^1].EventId, batch.ToByteArray());
    }

    public void SaveActivity(long key, PendingActivity activity) =>
        saveActivity.Execute(key, activity.ScheduledEventId, ActivitySnapshot.Write(activity));

    public void RemoveActivity(long key, long scheduledEventId) => removeActivity.Execute(key, scheduledEventId);

    public void Delete(long key)
    {
        removeHistory.Execute(key);
        removeActivities.Execute(key);
        removeRun.Execute(key);
    }

    private static long? Column(DateTimeOffset? instant) => instant is { } known ? ColumnTime.From(known) : null;

    private static long AwaitsWorker(RunState state) =>
        state.Task is { IsStarted: false } || state.Activities.Values.Any(activity => activity.IsDispatchable) ? 1 : 0;

    private static string? Snapshot(RunState state) => state.IsOpen ? RunSnapshot.Write(state) : null;

    private ImmutableArray<HistoryEvent> ReadHistory(long key) =>
    [
        .. readHistory.Query(row => Temporalio.Api.History.V1.History.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)), key).SelectMany(batch => batch.Events),
    ];
}
