using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;

namespace Lifecycle.Data.Validation;

/// <summary>One rule of a data contract as a query.</summary>
/// <param name="Severity">What a breach does.</param>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Subject">Column, or <c>rows</c>.</param>
/// <param name="Expected">What the contract asks for.</param>
/// <param name="FoundQuery">Query of one text: what was found if the rule is broken, else null.</param>
internal sealed record ContractCheck(FindingSeverity Severity, string Rule, string Subject, string Expected, string FoundQuery)
{
    /// <summary>Name of the relation that the queries select from.</summary>
    public const string Rows = "snapshot_rows";

    private const int LongestExample = 80;

    /// <summary>A rule that no row may break.</summary>
    /// <param name="severity">What a breach does.</param>
    /// <param name="rule">Name of the rule.</param>
    /// <param name="column">The column.</param>
    /// <param name="expected">What the contract asks for.</param>
    /// <param name="broken">SQL condition of a row that breaks the rule.</param>
    public static ContractCheck EveryRow(FindingSeverity severity, string rule, string column, string expected, string broken) =>
        new(severity, rule, column, expected, $"""
            SELECT CASE WHEN count(*) > 0 THEN
                concat(coalesce({Quoted($"min({Sql.Name(column)}::VARCHAR)")}, 'null'), ' in ', count(*), if(count(*) = 1, ' row', ' rows')) END
            FROM {Rows} WHERE {broken}
            """);

    /// <summary>SQL of a text in quotes, short and printable; null for null.</summary>
    public static string Quoted(string text) => $"'''' || regexp_replace(substr({text}, 1, {LongestExample}), '[[:cntrl:]]', '?', 'g') || ''''";

    /// <summary>The finding, or null where the rule holds.</summary>
    public ValidationFinding? Run(DuckSession session) => session.Scalar<string>(FoundQuery) is { } found
        ? new ValidationFinding(Severity, Rule, Subject, found, Expected)
        : null;
}
