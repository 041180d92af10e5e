using System.Globalization;
using Lifecycle.Data.Checks;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Validation;

/// <summary>The rules of one input's values, in a column of a fitting type: those of the column that a caller of the model must keep too.</summary>
internal static class InputChecks
{
    private const int MostLevels = 100_000;

    /// <summary>All rules of an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="databaseType">Its column's type in the database.</param>
    public static IEnumerable<ContractCheck> Of(InputColumn input, string databaseType)
    {
        string column = Sql.Name(input.Name);
        IEnumerable<ContractCheck> ofValues = input.Type switch
        {
            InputType.Number => [.. OfNumbers(input, column), .. Bounds(input, column)],
            InputType.Integer => [.. OfIntegers(input, column, databaseType), .. Bounds(input, column)],
            InputType.Timestamp => [Every(input, "input", "a finite time", $"NOT isfinite({LogicalTypes.Timestamp(column, databaseType)})")],
            InputType.Boolean => [],
            InputType.Category => [.. OfTexts(input, column), Levels(input, column)],
            _ => OfTexts(input, column),
        };
        return [Present(input, column), .. input.Nullable ? [SomeValue(input, column)] : Array.Empty<ContractCheck>(), .. ofValues];
    }

    private static ContractCheck Present(InputColumn input, string column)
    {
        string empty = SplitColumns.IsText(input) ? $"{column}::VARCHAR = ''" : "false";
        return input.Nullable
            ? Every(input, "input", "a value or null, and no empty text", empty)
            : Every(input, "input", "a value in every row", $"{column} IS NULL OR {empty}");
    }

    private static ContractCheck SomeValue(InputColumn input, string column) =>
        new(FindingSeverity.Error, "input", input.Name, "a value in some row", $"SELECT concat('null in all ', count(*), ' rows') FROM {ContractCheck.Rows}")
        {
            Broken = $"count(*) > 0 AND count({column}) = 0",
        };

    private static IEnumerable<ContractCheck> OfNumbers(InputColumn input, string column) =>
    [
        Every(input, "input", "a finite number; a missing one is null", $"NOT isfinite({column}::DOUBLE)"),
        Every(input, "input", "a number of at most 3.4e38 in size", $"isfinite({column}::DOUBLE) AND abs({column}::DOUBLE) > {Sql.Number(float.MaxValue)}"),
    ];

    private static IEnumerable<ContractCheck> OfIntegers(InputColumn input, string column, string databaseType) => databaseType is "UBIGINT" or "HUGEINT" or "UHUGEINT"
        ? [Every(input, "input", "an integer of 64 bits", $"{column} NOT BETWEEN {long.MinValue.ToString(CultureInfo.InvariantCulture)}::HUGEINT AND {long.MaxValue.ToString(CultureInfo.InvariantCulture)}::HUGEINT")]
        : [];

    private static IEnumerable<ContractCheck> Bounds(InputColumn input, string column)
    {
        if (input.Minimum is { } minimum)
        {
            yield return Every(input, "inputMinimum", $"at least {Text(minimum)}", $"{column} < {Sql.Number(minimum)}");
        }

        if (input.Maximum is { } maximum)
        {
            yield return Every(input, "inputMaximum", $"at most {Text(maximum)}", $"{column} > {Sql.Number(maximum)}");
        }
    }

    private static IEnumerable<ContractCheck> OfTexts(InputColumn input, string column) =>
        [Every(input, "inputBytes", $"at most {Text(input.MaximumBytes)} bytes of UTF-8", $"strlen({column}::VARCHAR) > {Text(input.MaximumBytes)}")];

    private static ContractCheck Levels(InputColumn input, string column) => new(
        FindingSeverity.Warning, "levels", input.Name, $"at most {Text(MostLevels)} levels; a level of its own for nearly every row tells a model nothing, so group them, or hash them",
        $"SELECT concat('about ', approx_count_distinct({column})) FROM {ContractCheck.Rows}")
    {
        Broken = $"approx_count_distinct({column}) > {Text(MostLevels)}",
    };

    private static ContractCheck Every(InputColumn input, string rule, string expected, string broken) =>
        ContractCheck.EveryRow(FindingSeverity.Error, rule, input.Name, expected, broken);

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
