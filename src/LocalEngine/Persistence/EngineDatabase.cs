using Microsoft.Data.Sqlite;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>
/// The SQLite database of an engine: one connection that writes, owned by the engine's thread, and a pool that reads what
/// was committed. Write-ahead log with <c>synchronous=FULL</c>: a commit that returned is on the disk, and survives loss
/// of power.
/// </summary>
internal sealed class EngineDatabase : IDisposable
{
    private const string WhatToDo = "Restore it from a backup, or move it away to start with an empty one.";
    private readonly string file;

    private EngineDatabase(string file, SqliteConnection writer)
    {
        this.file = file;
        Writer = writer;
    }

    public SqliteConnection Writer { get; }

    /// <summary>Opens the database, or creates it where it need not exist, and brings its schema up to date.</summary>
    /// <exception cref="EngineStartException">
    /// The database is damaged, of a newer version or not an engine's; or it is empty or gone, and must exist.
    /// </exception>
    public static EngineDatabase Open(string file, bool mustExist = false)
    {
        if (mustExist && new FileInfo(file) is not { Exists: true, Length: > 0 })
        {
            throw new EngineStartException($"The database {file} {(File.Exists(file) ? "has 0 bytes" : "is missing")}, expected one that was used before. {WhatToDo}");
        }

        SqliteConnection? writer = null;
        try
        {
            writer = Connect(file, mustExist ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate);
            RequireSoundPages(writer, file);
            RequireDurability(writer, file);
            if (mustExist && Migrations.VersionOf(writer) == 0)
            {
                throw new EngineStartException($"The database {file} ({new FileInfo(file).Length} bytes) holds nothing, expected one that was used before. {WhatToDo}");
            }

            Migrations.Apply(writer, file);
            return new EngineDatabase(file, writer);
        }
        catch (SqliteException cause)
        {
            writer?.Dispose();
            throw Unreadable(file, cause);
        }
        catch
        {
            writer?.Dispose();
            throw;
        }
    }

    /// <summary>What to tell of a database that SQLite cannot read.</summary>
    public static EngineStartException Unreadable(string file, SqliteException cause) =>
        new($"The database {file} cannot be opened: {cause.Message} {WhatToDo}", cause);

    public SqliteConnection OpenReader() => Connect(file, SqliteOpenMode.ReadOnly);

    public void Dispose() => Writer.Dispose();

    private static SqliteConnection Connect(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    // A page that a failing disk lost is found now, and not in the middle of a run.
    private static void RequireSoundPages(SqliteConnection writer, string file)
    {
        if (Scalar(writer, "PRAGMA quick_check(1)") is var found and not "ok")
        {
            throw new EngineStartException($"The database {file} is damaged: {$"{found}".ReplaceLineEndings(" ")}. {WhatToDo}");
        }
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
