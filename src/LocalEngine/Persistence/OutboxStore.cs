using Microsoft.Data.Sqlite;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>What one run asks of another.</summary>
internal enum OutboxKind
{
    StartChild = 1,
    SignalExternal = 2,
    CancelExternal = 3,
    NotifyParent = 4,
    TerminateChild = 5,
    CancelChild = 6,
}

/// <summary>
/// A message from one run to another: stored with the events that caused it, removed in the transaction in which the
/// other run takes it. So it is acted on exactly once, whenever the process ends.
/// </summary>
internal sealed record OutboxMessage(OutboxKind Kind, long RunKey)
{
    public long Id { get; init; }

    public long EventId { get; init; }

    public string WorkflowId { get; init; } = "";

    public string RunId { get; init; } = "";
}

/// <summary>The messages that have not been acted on, in the order in which they were sent.</summary>
internal sealed class OutboxStore(SqliteConnection connection)
{
    private readonly Statement insert = new(connection,
        "INSERT INTO outbox (kind, run_key, event_id, workflow_id, run_id) VALUES ($0, $1, $2, $3, $4) RETURNING message_id");

    private readonly Statement remove = new(connection, "DELETE FROM outbox WHERE message_id = $0");
    private readonly Statement all = new(connection, "SELECT message_id, kind, run_key, event_id, workflow_id, run_id FROM outbox WHERE kind BETWEEN 1 AND 6 ORDER BY message_id");

    private readonly Statement unknown = new(connection, "SELECT message_id FROM outbox WHERE kind NOT BETWEEN 1 AND 6 ORDER BY message_id");

    public OutboxMessage Add(OutboxMessage message) => message with
    {
        Id = insert.Query(row => row.GetInt64(0), (long)message.Kind, message.RunKey, message.EventId, message.WorkflowId, message.RunId)[0],
    };

    public void Remove(OutboxMessage message) => remove.Execute(message.Id);

    /// <summary>Messages that this program cannot act on; they stay where they are.</summary>
    public List<long> Unknown() => unknown.Query(row => row.GetInt64(0));

    public List<OutboxMessage> All() => all.Query(row => new OutboxMessage((OutboxKind)row.GetInt64(1), row.GetInt64(2))
    {
        Id = row.GetInt64(0),
        EventId = row.GetInt64(3),
        WorkflowId = row.GetString(4),
        RunId = row.GetString(5),
    });
}
