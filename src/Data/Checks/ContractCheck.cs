using System.Collections.Immutable;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;

namespace Lifecycle.Data.Checks;

/// <summary>
/// One rule about the rows of a DataSnapshot. Whether it is broken is one aggregate among many of one scan; what was found is asked only
/// where it is.
/// </summary>
/// <param name="Severity">What a breach does.</param>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Subject">Column, or <c>rows</c>.</param>
/// <param name="Expected">What the rule asks for.</param>
/// <param name="FoundQuery">Query of one text: what was found if the rule is broken, else null.</param>
internal sealed record ContractCheck(FindingSeverity Severity, string Rule, string Subject, string Expected, string FoundQuery)
{
    /// <summary>Name of the relation that the queries select from.</summary>
    public const string Rows = "snapshot_rows";

    private const int LongestExample = 80;
    private const int TogetherAtMost = 64;

    /// <summary>Boolean aggregate over the rows that is true where the rule is broken; null where only <see cref="FoundQuery"/> can tell.</summary>
    public string? Broken { get; init; }

    /// <summary>A rule that no row may break.</summary>
    /// <param name="severity">What a breach does.</param>
    /// <param name="rule">Name of the rule.</param>
    /// <param name="column">The column.</param>
    /// <param name="expected">What the rule asks for.</param>
    /// <param name="broken">SQL condition of a row that breaks the rule.</param>
    public static ContractCheck EveryRow(FindingSeverity severity, string rule, string column, string expected, string broken) =>
        new(severity, rule, column, expected, $"""
            SELECT CASE WHEN count(*) > 0 THEN
                concat(coalesce({Quoted($"min({Sql.Name(column)}::VARCHAR)")}, 'null'), ' in ', count(*), if(count(*) = 1, ' row', ' rows')) END
            FROM {Rows} WHERE {broken}
            """)
        {
            Broken = $"bool_or({broken})",
        };

    /// <summary>SQL of a text in quotes, short and printable; null for null.</summary>
    public static string Quoted(string text) => $"'''' || regexp_replace(substr({text}, 1, {LongestExample}), '[[:cntrl:]]', '?', 'g') || ''''";

    /// <summary>The findings of rules, in their order. A question that two rules ask is asked once.</summary>
    public static ImmutableArray<ValidationFinding> Run(DuckSession session, ImmutableArray<ContractCheck> checks)
    {
        Dictionary<string, bool> broken = new(StringComparer.Ordinal);
        foreach (string[] together in checks.Select(check => check.Broken).OfType<string>().Distinct(StringComparer.Ordinal).Chunk(TogetherAtMost))
        {
            bool[] answers = session.Rows(
                $"SELECT {string.Join(", ", together)} FROM {Rows}",
                row => together.Select((_, column) => !row.IsDBNull(column) && row.GetBoolean(column)).ToArray())[0];
            together.Zip(answers).ToList().ForEach(pair => broken.Add(pair.First, pair.Second));
        }

        Dictionary<string, string?> found = checks
            .Where(check => check.Broken is null || broken[check.Broken])
            .Select(check => check.FoundQuery)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(query => query, session.Scalar<string>, StringComparer.Ordinal);
        return
        [
            .. checks.Where(check => found.GetValueOrDefault(check.FoundQuery) is not null)
                .Select(check => new ValidationFinding(check.Severity, check.Rule, check.Subject, found[check.FoundQuery]!, check.Expected)),
        ];
    }
}
