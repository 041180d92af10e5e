using Microsoft.Data.Sqlite;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>
/// The SQLite database of an engine: one connection that writes, owned by the engine's thread, and a pool that reads what
/// was committed. Write-ahead log with <c>synchronous=FULL</c>: a commit that returned is on the disk, and survives loss
/// of power.
/// </summary>
internal sealed class EngineDatabase : IDisposable
{
    private readonly string file;

    private EngineDatabase(string file, SqliteConnection writer)
    {
        this.file = file;
        Writer = writer;
    }

    public SqliteConnection Writer { get; }

    /// <summary>Opens or creates the database and brings its schema up to date.</summary>
    /// <exception cref="EngineStartException">The database is of a newer version, or is not an engine's database.</exception>
    public static EngineDatabase Open(string file)
    {
        var writer = Connect(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            RequireDurability(writer, file);
            Migrations.Apply(writer, file);
            return new EngineDatabase(file, writer);
        }
        catch (SqliteException cause)
        {
            writer.Dispose();
            throw new EngineStartException($"The database {file} cannot be opened: {cause.Message} Restore it from a backup, or move it away to start with an empty one.", cause);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    public SqliteConnection OpenReader() => Connect(file, SqliteOpenMode.ReadOnly);

    public void Dispose() => Writer.Dispose();

    private static SqliteConnection Connect(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void RequireDurability(SqliteConnection writer, string file)
    {
        var journal = Scalar(writer, "PRAGMA journal_mode = WAL");
        _ = Scalar(writer, "PRAGMA synchronous = FULL");
        var synchronous = Scalar(writer, "PRAGMA synchronous");
        if (journal is not "wal" || synchronous is not 2L)
        {
            throw new EngineStartException(
                $"The database {file} cannot be made durable: found journal_mode {journal} and synchronous {synchronous}, expected wal and 2 (FULL). Put the engine's home on a local disk.");
        }
    }

    private static object Scalar(SqliteConnection connection, string sql)
    {
        var statement = new Statement(connection, sql);
        return statement.Query(row => row.GetValue(0)).FirstOrDefault("nothing");
    }
}
