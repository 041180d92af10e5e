using System.Collections.Immutable;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Statistics.Distances;

namespace Lifecycle.Data.Distributions;

/// <summary>
/// The bins that one expression is counted over, chosen on a first relation and used on later ones. Numbers with more than
/// ten values are cut at ten quantiles; anything else is counted by value, those beyond the hundred most frequent together.
/// </summary>
internal abstract record Binning
{
    /// <summary>Values that are counted on their own at most.</summary>
    public const int MaximumLevels = 100;

    private Binning()
    {
    }

    /// <summary>Number of bins, with those for exceptions.</summary>
    public abstract int Count { get; }

    /// <summary>Chooses bins by the rows of a relation.</summary>
    public static Binning Of(DuckSession session, string expression, string relation)
    {
        ColumnType? type = LogicalTypes.Of(SnapshotColumns.Of(session, $"SELECT ({expression}\n) AS value FROM {relation}").TypeOf("value")!);
        bool isNumber = type is ColumnType.Integer or ColumnType.Number;
        return isNumber && session.Scalar<long>($"SELECT count(DISTINCT ({expression}\n)) FROM {relation}") > QuantileBins.DefaultBins
            ? Quantiles.Of(session, expression, relation)
            : Levels.Of(session, expression, relation);
    }

    /// <summary>Rows of a relation in each bin.</summary>
    public ImmutableArray<long> CountRows(DuckSession session, string expression, string relation)
    {
        long[] counts = new long[Count];
        foreach ((int bin, long rows) in session.Rows(
            $"WITH counted AS MATERIALIZED (SELECT ({expression}\n) AS value FROM {relation}) SELECT {IndexSql} AS bin, count(*) FROM counted GROUP BY bin",
            row => (row.GetInt32(0), row.GetInt64(1))))
        {
            counts[bin] = rows;
        }

        return [.. counts];
    }

    /// <summary>SQL of the bin that <c>value</c> falls in.</summary>
    protected abstract string IndexSql { get; }

    /// <summary>Bins between quantiles; behind them one for NaN and one for null.</summary>
    public sealed record Quantiles(QuantileBins Bins) : Binning
    {
        /// <inheritdoc/>
        public override int Count => Bins.Count + 1;

        /// <summary>Cuts at the tenths of a relation.</summary>
        public static new Quantiles Of(DuckSession session, string expression, string relation)
        {
            string tenths = string.Join(", ", Enumerable.Range(1, QuantileBins.DefaultBins - 1).Select(tenth => Sql.Number(tenth / (double)QuantileBins.DefaultBins)));
            ImmutableArray<double> quantiles = session.Rows(
                $"SELECT unnest(quantile_disc(value, [{tenths}])) FROM (SELECT ({expression}\n)::DOUBLE AS value FROM {relation}) WHERE NOT isnan(value)",
                row => row.GetDouble(0));
            return new Quantiles(QuantileBins.FromQuantiles(quantiles.AsSpan()));
        }

        /// <inheritdoc/>
        protected override string IndexSql
        {
            get
            {
                string cases = string.Concat(Bins.Edges.Select((edge, bin) => $"WHEN value::DOUBLE <= {Sql.Number(edge)} THEN {bin} "));
                return $"CASE WHEN value IS NULL THEN {Bins.Count} WHEN isnan(value::DOUBLE) THEN {Bins.Count - 1} {cases} ELSE {Bins.Edges.Length} END";
            }
        }
    }

    /// <summary>One bin for each value; behind them one for all others and one for null.</summary>
    public sealed record Levels(ImmutableArray<string> Values) : Binning
    {
        /// <inheritdoc/>
        public override int Count => Values.Length + 2;

        /// <summary>Takes the most frequent values of a relation, in order of frequency, ties by value.</summary>
        public static new Levels Of(DuckSession session, string expression, string relation) => new(session.Rows(
            $"SELECT ({expression}\n)::VARCHAR AS value FROM {relation} WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value LIMIT {MaximumLevels}",
            row => row.GetString(0)));

        /// <inheritdoc/>
        protected override string IndexSql => Values.IsEmpty
            ? "CASE WHEN value IS NULL THEN 1 ELSE 0 END"
            : $"CASE WHEN value IS NULL THEN {Values.Length + 1} ELSE coalesce(list_position({Sql.Literals(Values)}, value::VARCHAR) - 1, {Values.Length}) END";
    }
}
