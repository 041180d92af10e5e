using System.Collections.Immutable;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Statistics.Distances;

namespace Lifecycle.Data.Validation;

/// <summary>
/// Counts of one expression over the same bins in two relations. Numbers with more than ten values in the first relation
/// are cut at its ten quantiles, with a bin of their own for NaN; other values are their own bins, those beyond the hundred
/// most frequent of the first relation together in one. Null has a bin of its own in both cases.
/// </summary>
internal sealed record DistributionCounts(ImmutableArray<long> Expected, ImmutableArray<long> Actual)
{
    private const int MaximumLevels = 100;

    /// <summary>Counts an expression.</summary>
    public static DistributionCounts Of(DuckSession session, string expression, string expectedRelation, string actualRelation)
    {
        string bin = HasQuantiles(session, expression, expectedRelation)
            ? NumericBin(session, expression, expectedRelation)
            : LevelBin(session, expression, expectedRelation);
        ImmutableSortedDictionary<string, long> expected = Count(session, bin, expectedRelation);
        ImmutableSortedDictionary<string, long> actual = Count(session, bin, actualRelation);
        ImmutableArray<string> bins = [.. expected.Keys.Union(actual.Keys).Order(StringComparer.Ordinal)];
        return new DistributionCounts([.. bins.Select(one => expected.GetValueOrDefault(one))], [.. bins.Select(one => actual.GetValueOrDefault(one))]);
    }

    private static bool HasQuantiles(DuckSession session, string expression, string relation) =>
        LogicalTypes.Of(SnapshotColumns.Of(session, $"SELECT ({expression}\n) AS value FROM {relation}").TypeOf("value")!) is ColumnType.Integer or ColumnType.Number
        && session.Scalar<long>($"SELECT count(DISTINCT ({expression}\n)) FROM {relation}") > QuantileBins.DefaultBins;

    private static string NumericBin(DuckSession session, string expression, string relation)
    {
        string value = $"({expression}\n)::DOUBLE";
        ImmutableArray<double> quantiles = session.Rows(
            $"""
            SELECT unnest(quantile_disc(value, [{string.Join(", ", Enumerable.Range(1, QuantileBins.DefaultBins - 1).Select(i => Sql.Number(i / (double)QuantileBins.DefaultBins)))}]))
            FROM (SELECT {value} AS value FROM {relation}) WHERE NOT isnan(value)
            """,
            row => row.GetDouble(0));
        QuantileBins bins = QuantileBins.FromQuantiles(quantiles.AsSpan());
        string cases = string.Concat(bins.Edges.Select((edge, index) => $"WHEN {value} <= {Sql.Number(edge)} THEN 'bin {index:D3}' "));
        return $"CASE WHEN {value} IS NULL THEN 'null' WHEN isnan({value}) THEN 'NaN' {cases} ELSE 'bin {bins.Edges.Length:D3}' END";
    }

    private static string LevelBin(DuckSession session, string expression, string relation)
    {
        string value = $"({expression}\n)::VARCHAR";
        ImmutableArray<string> levels = session.Rows(
            $"SELECT {value} AS value FROM {relation} WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value LIMIT {MaximumLevels}",
            row => row.GetString(0));
        return $"CASE WHEN {value} IS NULL THEN 'null' WHEN list_contains({Sql.Literals(levels)}, {value}) THEN concat('level ', {value}) ELSE 'other' END";
    }

    private static ImmutableSortedDictionary<string, long> Count(DuckSession session, string bin, string relation) => session
        .Rows($"SELECT {bin} AS bin, count(*) FROM {relation} GROUP BY bin", row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);
}
