using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Checks;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Validation;

/// <summary>At most about a hundred thousand rows of a DataSnapshot, chosen by a hash of their key, to see what each input alone says of the label.</summary>
internal sealed class LeakageSample
{
    private const string Table = "leakage_rows";
    private const string Value = "value";
    private const long MostRows = 100_000;
    private const long FewestRows = 200;
    private const int FewestAlike = 20;

    private readonly DuckSession session;
    private readonly long rows;

    private LeakageSample(DuckSession session, long rows) => (this.session, this.rows) = (session, rows);

    /// <summary>Takes the rows, in one scan.</summary>
    /// <param name="session">The database, with the rows of the snapshot.</param>
    /// <param name="key">The key's column.</param>
    /// <param name="label">SQL of the label as a number.</param>
    /// <param name="inputs">SQL of each input as a number or a text.</param>
    public static LeakageSample Take(DuckSession session, string key, string label, ImmutableArray<string> inputs)
    {
        long step = Math.Max(1, (session.Scalar<long>($"SELECT count(*) FROM {ContractCheck.Rows}") + MostRows - 1) / MostRows);
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            CREATE OR REPLACE TEMP TABLE {Table} AS SELECT {label} AS label, {string.Join(", ", inputs.Select((input, column) => $"{input} AS x{column}"))}
            FROM {ContractCheck.Rows} WHERE hash({Sql.Name(key)}) % {step} = 0
            """));
        session.Execute($"DELETE FROM {Table} WHERE label IS NULL");
        return new LeakageSample(session, session.Scalar<long>($"SELECT count(*) FROM {Table}"));
    }

    /// <summary>Chance that a row of a class has a larger number than a row of another, ties counted half, for each class with enough rows.</summary>
    public ImmutableArray<(int Class, double Area)> AreasOf(int column) => Areas(Finite(column));

    /// <summary>The same of whether a row has a value at all.</summary>
    public ImmutableArray<(int Class, double Area)> AreasOfGaps(int column) => Areas(Gaps(column));

    /// <summary>Spearman's correlation of a number with the label, ties by mean ranks; null where either does not vary.</summary>
    public double? SpearmanOf(int column) => Spearman(Finite(column));

    /// <summary>The same of whether a row has a value at all.</summary>
    public double? SpearmanOfGaps(int column) => Spearman(Gaps(column));

    /// <summary>The same of the mean label of a row's level, over the levels with enough rows; null where those hold less than half of the rows.</summary>
    public double? SpearmanOfLevels(int column)
    {
        string x = $"x{Text(column)}";
        string levels = $"SELECT label, avg(label) OVER (PARTITION BY {x}) AS {Value} FROM {Table} WHERE {x} IS NOT NULL QUALIFY count(*) OVER (PARTITION BY {x}) >= {Text(FewestAlike)}";
        return session.Scalar<long>($"SELECT count(*) FROM ({levels})") * 2 >= rows ? Spearman(levels) : null;
    }

    /// <summary>
    /// Share of rows that are of the commonest class of their level, and share of the commonest class of all, over the levels with enough
    /// rows; null where those hold less than half of the rows.
    /// </summary>
    public (double Decided, double Guessed)? LevelsOf(int column)
    {
        if (rows < FewestRows)
        {
            return null;
        }

        (long frequent, long decided, long guessed) = session.Rows(
            $"""
            WITH counted AS (SELECT x{Text(column)} AS level, label, count(*) AS n FROM {Table} WHERE level IS NOT NULL GROUP BY ALL),
                levels AS (SELECT level, sum(n) AS n, max(n) AS most FROM counted GROUP BY level HAVING sum(n) >= {Text(FewestAlike)}),
                classes AS (SELECT sum(n) AS n FROM counted SEMI JOIN levels USING (level) GROUP BY label)
            SELECT coalesce(sum(n), 0)::BIGINT, coalesce(sum(most), 0)::BIGINT, coalesce((SELECT max(n) FROM classes), 0)::BIGINT FROM levels
            """,
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)))[0];
        return frequent * 2 >= rows ? ((double)decided / frequent, (double)guessed / frequent) : null;
    }

    private ImmutableArray<(int Class, double Area)> Areas(string values)
    {
        if (rows < FewestRows)
        {
            return [];
        }

        ImmutableArray<(int Class, long Rows, double Ranks)> classes = session.Rows(
            $"SELECT label::INTEGER, count(*), sum({Rank(Value)}) FROM ({Ranked(values)}) GROUP BY label ORDER BY label",
            row => (row.GetInt32(0), row.GetInt64(1), row.GetDouble(2)));
        long all = classes.Sum(one => one.Rows);
        return
        [
            .. classes.Where(one => one.Rows >= FewestAlike && all - one.Rows >= FewestAlike)
                .Select(one => (one.Class, (one.Ranks - (one.Rows * (one.Rows + 1) / 2.0)) / ((double)one.Rows * (all - one.Rows)))),
        ];
    }

    private double? Spearman(string values) => rows < FewestRows ? null : session.Scalar<double?>(
        $"SELECT CASE WHEN count(*) >= {Text(FewestRows)} THEN corr({Rank(Value)}, {Rank("label")}) END FROM ({Ranked(values)})") is { } found && double.IsFinite(found) ? found : null;

    private static string Finite(int column)
    {
        string x = $"x{Text(column)}";
        return $"SELECT label, {x} AS {Value} FROM {Table} WHERE {x} IS NOT NULL AND isfinite({x})";
    }

    private static string Gaps(int column) => $"SELECT label, (x{Text(column)} IS NULL)::INTEGER AS {Value} FROM {Table}";

    // A window's rank is the smallest of its ties: half of the others make it their mean.
    private static string Ranked(string values) => $"SELECT label, {Ranks(Value)}, {Ranks("label")} FROM ({values})";

    private static string Ranks(string value) => $"rank() OVER (ORDER BY {value}) + (count(*) OVER (PARTITION BY {value}) - 1) / 2.0 AS {Rank(value)}";

    private static string Rank(string value) => $"rank_{value}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
