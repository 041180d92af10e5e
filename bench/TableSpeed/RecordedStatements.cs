using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace Lifecycle.TableSpeed;

/// <summary>The statements that the product runs, session by session, to be run again by a database that does nothing else.</summary>
internal sealed partial class RecordedStatements : IDisposable
{
    private readonly ConcurrentQueue<string> statements = new();
    private readonly ActivityListener listener;

    public RecordedStatements()
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name == "Lifecycle.Data",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => statements.Enqueue((string)span.GetTagItem("db.query.text")!),
        };
        ActivitySource.AddActivityListener(listener);
    }

    public int Count => statements.Count;

    /// <summary>Runs them, and says what the database took for them alone.</summary>
    public Taken Replay()
    {
        listener.Dispose();
        Taken taken = default;
        DuckDBConnection? session = null;
        foreach (string sql in statements)
        {
            // A session of the product begins with its log of opened files, which a bare one does not keep, and with its bounds.
            if (sql.Contains("enable_logging", StringComparison.Ordinal))
            {
                session?.Dispose();
                session = new("DataSource=:memory:");
                session.Open();
            }
            else if (sql.Contains("lock_configuration", StringComparison.Ordinal))
            {
                Run(session!, string.Concat(Bounds().Matches(sql).Select(bound => bound.Value)));
            }
            else if (!sql.Contains("duckdb_logs", StringComparison.Ordinal))
            {
                foreach (Match written in WrittenFile().Matches(sql))
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(written.Groups[1].Value)!);
                }

                Stopwatched began = Stopwatched.Begin();
                Run(session!, sql);
                taken += began.Taken;
            }
        }

        session?.Dispose();
        return taken;
    }

    public void Dispose() => listener.Dispose();

    [SuppressMessage("Security", "CA2100", Justification = "They are the product's own statements.")]
    private static void Run(DuckDBConnection session, string sql)
    {
        using DuckDBCommand command = session.CreateCommand();
        command.CommandText = sql;
        using DuckDBDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
        }
    }

    [GeneratedRegex("SET (memory_limit|threads) = [^;]+;")]
    private static partial Regex Bounds();

    [GeneratedRegex(@"\bTO '([^']+)'")]
    private static partial Regex WrittenFile();
}
