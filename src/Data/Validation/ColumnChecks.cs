using System.Globalization;
using Lifecycle.Data.Checks;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;

namespace Lifecycle.Data.Validation;

/// <summary>The rules of one column that is there. Rules about its values are checked only if it has the right type.</summary>
internal static class ColumnChecks
{
    /// <summary>All rules of a column.</summary>
    /// <param name="name">The column.</param>
    /// <param name="contract">Its contract.</param>
    /// <param name="databaseType">Its type in the database.</param>
    public static IEnumerable<ContractCheck> Of(string name, ColumnContract contract, string databaseType) =>
    [
        NullRate(name, contract),
        .. LogicalTypes.IsFloating(databaseType) ? [Finite(name)] : Array.Empty<ContractCheck>(),
        .. LogicalTypes.Fits(databaseType, contract.Type) ? OfValues(name, contract) : [],
    ];

    private static ContractCheck Finite(string name) => ContractCheck.EveryRow(
        FindingSeverity.Error, "value", name, "numbers that are neither NaN nor infinite", $"NOT isfinite({Sql.Name(name)})");

    private static IEnumerable<ContractCheck> OfValues(string name, ColumnContract contract)
    {
        string column = Sql.Name(name);
        if (contract.Pattern is { } pattern)
        {
            yield return ContractCheck.EveryRow(contract.Severity, "pattern", name, pattern, $"NOT regexp_full_match({column}, {Sql.Literal(pattern)})");
        }

        if (!contract.AllowedValues.IsEmpty)
        {
            yield return ContractCheck.EveryRow(
                contract.Severity, "allowedValues", name, $"one of {string.Join(", ", contract.AllowedValues)}",
                $"{column}::VARCHAR NOT IN ({string.Join(", ", contract.AllowedValues.Select(Sql.Literal))})");
        }

        foreach (ContractCheck bound in Range(name, contract))
        {
            yield return bound;
        }

        if (contract.Unique)
        {
            yield return Unique(name, contract.Severity);
        }
    }

    /// <summary>No value occurs twice; nulls do not count.</summary>
    public static ContractCheck Unique(string name, FindingSeverity severity) => new(severity, "unique", name, "no value twice", $"""
        SELECT CASE WHEN count(*) > 0 THEN
            concat('broken by ', {ContractCheck.Quoted("min(value::VARCHAR)")}, if(count(*) > 1, concat(' and ', count(*) - 1, ' more'), '')) END
        FROM (SELECT {Sql.Name(name)} AS value FROM {ContractCheck.Rows} WHERE value IS NOT NULL GROUP BY value HAVING count(*) > 1)
        """);

    private static ContractCheck NullRate(string name, ColumnContract contract)
    {
        string nulls = $"(count(*) - count({Sql.Name(name)}))";
        return new ContractCheck(
            contract.Severity, "nullRate", name, $"at most {Text(contract.MaximumNullRate)}",
            $"SELECT concat(round({nulls} / count(*), 6), ' (', {nulls}, ' of ', count(*), ' rows)') FROM {ContractCheck.Rows}")
        {
            Broken = $"{nulls} > 0 AND {nulls} > {Sql.Number(contract.MaximumNullRate)} * count(*)",
        };
    }

    private static IEnumerable<ContractCheck> Range(string name, ColumnContract contract)
    {
        if (contract.Minimum is { } minimum)
        {
            yield return ContractCheck.EveryRow(contract.Severity, "minimum", name, $"at least {Text(minimum)}", $"{Sql.Name(name)} < {Sql.Number(minimum)}");
        }

        if (contract.Maximum is { } maximum)
        {
            yield return ContractCheck.EveryRow(
                contract.Severity, "maximum", name, $"at most {Text(maximum)}",
                $"{Sql.Name(name)} > {Sql.Number(maximum)} AND isfinite({Sql.Name(name)}::DOUBLE)");
        }
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
