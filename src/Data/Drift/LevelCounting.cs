using System.Collections.Immutable;
using Lifecycle.Data.Distributions;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Drift;

/// <summary>
/// Counts a figure that is no number by its levels, in the database, which spills what does not fit. A baseline with at most
/// a hundred levels is Categorical, and so is one whose hundred most frequent levels hold 95% of the values: the tail counts
/// as one level. Any other is HighCardinality.
/// </summary>
/// <param name="session">The database.</param>
/// <param name="side">Names the table with the counts: one is kept for each side.</param>
internal sealed class LevelCounting(DuckSession session, string side)
{
    private const double CategoricalFrom = 0.95;

    private string Table => Sql.Name($"levels of the {side}");

    /// <summary>Counts the levels of a figure.</summary>
    /// <param name="source">SQL of the rows.</param>
    /// <param name="figure">The figure.</param>
    public void Count(string source, FigureDefinition figure) => session.Execute($"""
        CREATE OR REPLACE TEMP TABLE {Table} AS
        SELECT ({figure.Expression}
        )::VARCHAR AS value, count(*) AS rows FROM {source} GROUP BY value
        """);

    /// <summary>Decides the kind of the counted figure by its baseline.</summary>
    public FigureDistribution Decide(FigureDefinition figure)
    {
        (long levels, long values, long nulls, long once) = Totals();
        ImmutableArray<(string Level, long Rows)> frequent = session.Rows(
            $"SELECT value, rows FROM {Table} WHERE value IS NOT NULL ORDER BY rows DESC, value LIMIT {Binning.MaximumLevels}",
            row => (row.GetString(0), row.GetInt64(1)));
        long listed = frequent.Sum(level => level.Rows);
        bool isCategorical = !figure.IsKey && (levels <= Binning.MaximumLevels || listed >= CategoricalFrom * values);
        return new FigureDistribution
        {
            Name = figure.Name,
            Expression = figure.Expression,
            Kind = isCategorical ? FigureKind.Categorical : FigureKind.HighCardinality,
            Levels = [.. frequent.Select(level => level.Level)],
            Counts = [.. frequent.Select(level => level.Rows)],
            OtherCount = values - listed,
            NullCount = nulls,
            SeenOnceCount = isCategorical ? 0 : once,
        };
    }

    /// <summary>Counts over the levels of a baseline.</summary>
    public FigureDistribution CountOver(FigureDistribution baseline)
    {
        (_, long values, long nulls, _) = Totals();
        ImmutableDictionary<string, long> byLevel = baseline.Levels!.Value.IsEmpty
            ? ImmutableDictionary<string, long>.Empty
            : session.Rows($"SELECT value, rows FROM {Table} WHERE value IN {Listed(baseline.Levels.Value)}", row => (row.GetString(0), row.GetInt64(1)))
                .ToImmutableDictionary(level => level.Item1, level => level.Item2, StringComparer.Ordinal);
        ImmutableArray<long> counts = [.. baseline.Levels.Value.Select(level => byLevel.GetValueOrDefault(level))];
        return baseline with { Counts = counts, OtherCount = values - counts.Sum(), NullCount = nulls, SeenOnceCount = 0 };
    }

    /// <summary>Rows with a value that the other side holds too.</summary>
    public long CountSeenIn(LevelCounting other) => session.Scalar<long>(
        $"SELECT coalesce(sum(rows), 0)::BIGINT FROM {Table} SEMI JOIN {other.Table} USING (value)");

    private static string Listed(ImmutableArray<string> levels) => $"({string.Join(", ", levels.Select(Sql.Literal))})";

    private (long Levels, long Values, long Nulls, long Once) Totals() => session.Rows(
        $"""
        SELECT count(value), coalesce(sum(rows) FILTER (value IS NOT NULL), 0)::BIGINT, coalesce(sum(rows) FILTER (value IS NULL), 0)::BIGINT,
            count(*) FILTER (value IS NOT NULL AND rows = 1)
        FROM {Table}
        """,
        row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)))[0];
}
