using System.Collections.Immutable;
using System.Globalization;
using DuckDB.NET.Data;
using Lifecycle.Data.Tables;
using Lifecycle.Domain;

namespace Lifecycle.Data.Predictions;

/// <summary>
/// Writes rows as parts of the prediction log, a file a day. The same rows, in any order, give the same bytes, and so the
/// same names: a part that is written again after a crash is the same part.
/// </summary>
public static class LogParts
{
    /// <summary>Writes predictions by the day of their events.</summary>
    /// <param name="rows">The rows; none gives no part.</param>
    /// <param name="folder">An existing folder that the parts are written into.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ImmutableArray<LogPart> WritePredictions(
        IReadOnlyCollection<PredictionRow> rows, string folder, DataLimits limits, CancellationToken cancellation = default) =>
        Write(rows, LogColumns.Predictions, "time", folder, limits, Append, cancellation);

    /// <summary>Writes labels by the day they became known; otherwise like <see cref="WritePredictions"/>.</summary>
    public static ImmutableArray<LogPart> WriteLabels(
        IReadOnlyCollection<LabelRow> rows, string folder, DataLimits limits, CancellationToken cancellation = default) =>
        Write(rows, LogColumns.Labels, "known_time", folder, limits, Append, cancellation);

    private static ImmutableArray<LogPart> Write<T>(
        IReadOnlyCollection<T> rows,
        LogColumns columns,
        string dayColumn,
        string folder,
        DataLimits limits,
        Action<IDuckDBAppenderRow, T> append,
        CancellationToken cancellation) => rows.Count == 0 ? [] : new DataWork("writing parts of the prediction log", limits).Run(
        token =>
        {
            using StagingFolder staging = new(Path.Combine(folder, "part"));
            using DuckSession session = DuckSession.Open(limits, [staging.Path], staging.Path, token);
            session.Execute($"CREATE TABLE unsorted ({columns.Declaration})");
            session.Append("unsorted", rows, append);
            session.Execute($"CREATE TABLE rows AS SELECT * FROM unsorted ORDER BY {dayColumn}; DROP TABLE unsorted");
            return session.Rows($"SELECT DISTINCT {dayColumn}::DATE::VARCHAR AS day FROM rows ORDER BY day", row => row.GetString(0))
                .Select(day => WriteDay(session, $"SELECT * FROM rows WHERE {dayColumn} >= {Sql.Literal(day)}::TIMESTAMP AND {dayColumn} < {Sql.Literal(day)}::TIMESTAMP + INTERVAL 1 DAY", day, folder, staging))
                .ToImmutableArray();
        },
        cancellation);

    private static LogPart WriteDay(DuckSession session, string rows, string day, string folder, StagingFolder staging)
    {
        session.WriteParquet(rows, "ALL", staging.File(day));
        string digest = Sha256Digest.OfFile(staging.File(day));
        string path = Path.Combine(folder, $"{digest}.parquet");
        staging.Publish(day, path);
        return new LogPart(
            DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), path, digest, session.Scalar<long>($"SELECT count(*) FROM ({rows})"));
    }

    private static void Append(IDuckDBAppenderRow to, PredictionRow row)
    {
        to.AppendValue(row.Time.UtcDateTime).AppendValue(row.KnownTime.UtcDateTime).AppendValue(row.RequestId)
            .AppendValue(row.ModelDigest).AppendValue(row.ChannelVersion).AppendValue(row.Input);
        Append(to, row.Features);
        to.AppendValue(row.Prediction).AppendValue(row.Refusal).AppendValue(row.LatencyMicroseconds);
        Append(to, row.Answers);
    }

    private static void Append(IDuckDBAppenderRow to, ImmutableArray<float> numbers) =>
        _ = numbers.IsDefaultOrEmpty ? to.AppendNullValue() : to.AppendValue(numbers.AsEnumerable());

    private static void Append(IDuckDBAppenderRow to, LabelRow row) =>
        to.AppendValue(row.RequestId).AppendValue(row.Input).AppendValue(row.Label).AppendValue(row.KnownTime.UtcDateTime).AppendValue(row.Source).AppendValue(row.Class);
}
