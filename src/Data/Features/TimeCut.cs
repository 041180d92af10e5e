using System.Globalization;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Features;

/// <summary>
/// Where a split by time cuts: the Holdout is what comes after the newest row's time less the Holdout's length, and the TrainingSet ends an
/// embargo earlier. So every row of the Holdout is later than every row of the TrainingSet.
/// </summary>
/// <param name="Timestamp">SQL of a row's time.</param>
/// <param name="TrainingUntil">Time of the last row that may train, in microseconds.</param>
/// <param name="HoldoutAfter">Time before the first row that is held out, in microseconds.</param>
internal sealed record TimeCut(string Timestamp, long TrainingUntil, long HoldoutAfter)
{
    private const int SpansInHoldout = 5;
    private const double WatchedFrom = 0.9;

    /// <summary>SQL of a row's side: 0 is the Holdout, 1 the TrainingSet, -1 neither.</summary>
    public string Side => string.Create(
        CultureInfo.InvariantCulture, $"CASE WHEN epoch_us({Timestamp}) > {HoldoutAfter} THEN 0 WHEN epoch_us({Timestamp}) <= {TrainingUntil} THEN 1 ELSE -1 END");

    /// <summary>Finds the cut of a snapshot; null where the definition splits by folds.</summary>
    /// <exception cref="InvalidDataSourceException">The column is no time, a row has none, or a side would be empty.</exception>
    public static TimeCut? Of(DuckSession session, ModelDefinition definition, SnapshotColumns columns, string relation)
    {
        if (definition.Split.TimeColumn(definition.Features) is not { } name)
        {
            return null;
        }

        string type = columns.TypeOf(name) ?? throw new InvalidDataSourceException(
            $"the snapshot of '{definition.Name}' has no column '{name}', which its split goes by in time; it has {ShownText.Names([.. columns.Names])}");
        if (LogicalTypes.Of(type) != ColumnType.Timestamp)
        {
            throw new InvalidDataSourceException($"column '{name}', which '{definition.Name}' is split by in time, is {type}; expected a date or a timestamp: cast it in {definition.Source.Sql}");
        }

        string timestamp = LogicalTypes.Timestamp(Sql.Name(name), type);
        (long rows, long timeless, long first, long last) = session.Rows(
            $"""
            SELECT count(*), count(*) FILTER (moment IS NULL OR NOT isfinite(moment)),
                coalesce(min(epoch_us(moment)) FILTER (isfinite(moment)), 0), coalesce(max(epoch_us(moment)) FILTER (isfinite(moment)), 0)
            FROM (SELECT {timestamp} AS moment FROM {relation})
            """,
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)))[0];
        return timeless == 0 && rows > 0 ? Between(definition, name, timestamp, first, last) : throw new InvalidDataSourceException(string.Create(
            CultureInfo.InvariantCulture, $"{timeless} of {rows} rows of '{definition.Name}' have no finite time in '{name}', by which they are split; leave them out in {definition.Source.Sql}"));
    }

    /// <summary>Time after which a trainer that stops early watches the rows: the newest tenth, or all of the newest time where that is more.</summary>
    public static long WatchedAfter(DuckSession session, string training)
    {
        (long tenth, long last) = session.Rows(
            $"SELECT quantile_disc(epoch_us(time), {Sql.Number(WatchedFrom)}), max(epoch_us(time)) FROM ({training})", row => (row.GetInt64(0), row.GetInt64(1)))[0];
        return tenth < last ? tenth : last - 1;
    }

    /// <summary>A time as people read it.</summary>
    public static DateTime TimeOf(long microseconds) => DateTime.SpecifyKind(DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);

    private static TimeCut Between(ModelDefinition definition, string name, string timestamp, long first, long last)
    {
        long length = definition.Split.Holdout is { } holdout ? holdout.Ticks / TimeSpan.TicksPerMicrosecond : (last - first) / SpansInHoldout;
        long embargo = definition.Split.Embargo.Ticks / TimeSpan.TicksPerMicrosecond;
        if (length <= 0 || embargo < 0)
        {
            throw new InvalidDataSourceException(
                $"'split.holdout' of '{definition.Name}' comes to {TimeSpan.FromMicroseconds(length)} and 'split.embargo' to {TimeSpan.FromMicroseconds(embargo)}; expected a length above zero, and one of zero or more (the rows span {Span(first, last)})");
        }

        long until = last - length - embargo;
        return until >= first ? new TimeCut(timestamp, until, last - length) : throw new InvalidDataSourceException(
            $"no row of '{definition.Name}' is left to train on: the rows span {Span(first, last)} by '{name}', and the holdout of {TimeSpan.FromMicroseconds(length)} with its embargo of {TimeSpan.FromMicroseconds(embargo)} takes them all; shorten 'split.holdout' or 'split.embargo'");
    }

    private static string Span(long first, long last) =>
        string.Create(CultureInfo.InvariantCulture, $"{TimeOf(first):yyyy-MM-dd HH:mm:ss} to {TimeOf(last):yyyy-MM-dd HH:mm:ss}");
}
