using System.Collections.Immutable;
using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DuckDB.NET.Data;

namespace Lifecycle.Data.Tables;

/// <summary>
/// An in-memory database that is locked down before the first foreign byte or statement reaches it: it opens no file outside
/// the folders it was given, loads no extension, and no setting can be changed any more. Cancelling interrupts a statement.
/// </summary>
internal sealed class DuckSession : IDisposable
{
    // Attributes by OpenTelemetry's conventions for databases; without a listener nothing is made.
    private static readonly ActivitySource Statements = new("Lifecycle.Data");
    private readonly DuckDBConnection connection = new("DataSource=:memory:");
    private readonly CancellationToken cancellation;

    private DuckSession(CancellationToken cancellation) => this.cancellation = cancellation;

    /// <summary>Opens a session.</summary>
    /// <param name="limits">Memory and threads.</param>
    /// <param name="folders">Full paths of the only folders with files that may be opened, for reading and writing.</param>
    /// <param name="spillFolder">Folder for what does not fit in memory.</param>
    /// <param name="cancellation">Interrupts whatever statement runs.</param>
    public static DuckSession Open(DataLimits limits, IEnumerable<string> folders, string spillFolder, CancellationToken cancellation)
    {
        DuckSession session = new(cancellation);
        session.connection.Open();
        session.Execute("CALL enable_logging('FileSystem')");
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            SET temp_directory = {Sql.Literal(spillFolder)};
            SET allowed_directories = {Sql.Literals(folders)};
            SET enable_external_access = false;
            SET memory_limit = '{limits.MemoryMegabytes}MB';
            SET threads = {limits.Threads};
            SET autoinstall_known_extensions = false;
            SET autoload_known_extensions = false;
            SET lock_configuration = true;
            """));
        return session;
    }

    /// <summary>Runs statements for their effect.</summary>
    public void Execute(string sql) => Run(sql, command => command.ExecuteNonQuery());

    /// <summary>
    /// Writes the rows of a query, in a total order, to a Parquet file. Same rows, same bytes: the order leaves no choice,
    /// and row groups and compression are fixed here.
    /// </summary>
    public void WriteParquet(string query, string order, string path) =>
        Execute($"COPY (SELECT * FROM ({query}) ORDER BY {order}) TO {Sql.Literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)");

    /// <summary>The single value of a query; null for SQL null.</summary>
    public T? Scalar<T>(string sql) => Rows(sql, reader => reader.IsDBNull(0) ? default : reader.GetFieldValue<T>(0)).Single();

    /// <summary>All rows of a query.</summary>
    public ImmutableArray<T> Rows<T>(string sql, Func<DbDataReader, T> read) => Run(sql, command =>
    {
        using DuckDBDataReader reader = command.ExecuteReader();
        ImmutableArray<T>.Builder rows = ImmutableArray.CreateBuilder<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows.ToImmutable();
    });

    /// <summary>Appends rows to a table.</summary>
    public void Append<T>(string table, IEnumerable<T> rows, Action<IDuckDBAppenderRow, T> append)
    {
        using DuckDBAppender appender = connection.CreateAppender(table);
        foreach (T row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            IDuckDBAppenderRow appended = appender.CreateRow();
            append(appended, row);
            appended.EndRow();
        }
    }

    /// <summary>Opens a query whose rows are read one by one.</summary>
    public DuckDBDataReader Stream(string sql)
    {
        using Activity? span = Span(sql);
        using DuckDBCommand command = Command(sql);
        command.UseStreamingMode = true;
        return command.ExecuteReader();
    }

    /// <summary>Full paths of all files that were opened so far, sorted.</summary>
    public ImmutableArray<string> OpenedFiles() => LoggedFiles("OPEN");

    /// <summary>Full paths of all files that were written so far, sorted.</summary>
    public ImmutableArray<string> WrittenFiles() => LoggedFiles("WRITE");

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private ImmutableArray<string> LoggedFiles(string operation) => Rows(
        $"""
        SELECT DISTINCT json_extract_string(message, '$.path') AS path
        FROM duckdb_logs WHERE type = 'FileSystem' AND json_extract_string(message, '$.op') = {Sql.Literal(operation)} ORDER BY path
        """,
        reader => reader.GetString(0));

    private T Run<T>(string sql, Func<DuckDBCommand, T> run)
    {
        cancellation.ThrowIfCancellationRequested();
        using Activity? span = Span(sql);
        using DuckDBCommand command = Command(sql);
        using CancellationTokenRegistration interruption = cancellation.Register(command.Cancel);
        try
        {
            return run(command);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    private static Activity? Span(string sql) =>
        Statements.StartActivity("duckdb.statement", ActivityKind.Client)?.SetTag("db.system.name", "duckdb").SetTag("db.query.text", sql);

    [SuppressMessage("Security", "CA2100", Justification = "Running a model's own SQL is the purpose; the session is locked down for it.")]
    private DuckDBCommand Command(string sql)
    {
        DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
