using Microsoft.Data.Sqlite;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>What the engine's thread writes to, all on its one connection.</summary>
internal sealed class Stores(SqliteConnection connection)
{
    private readonly Statement begin = new(connection, "BEGIN IMMEDIATE");
    private readonly Statement commit = new(connection, "COMMIT");
    private readonly Statement rollback = new(connection, "ROLLBACK");

    public SqliteConnection Connection { get; } = connection;

    public RunStore Runs { get; } = new(connection);

    public OutboxStore Outbox { get; } = new(connection);

    public NamespaceStore Namespaces { get; } = new(connection);

    public ScheduleStore Schedules { get; } = new(connection);

    public void Begin() => begin.Execute();

    public void Commit() => commit.Execute();

    /// <summary>Ends the transaction without its effects; SQLite may have done so itself when the disk failed.</summary>
    public void Rollback()
    {
        try
        {
            rollback.Execute();
        }
        catch (SqliteException)
        {
            // No transaction is open: there is nothing to undo.
        }
    }
}
