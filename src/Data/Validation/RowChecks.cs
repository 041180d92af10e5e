using System.Globalization;
using Lifecycle.Data.Checks;
using Lifecycle.Domain.Data;

namespace Lifecycle.Data.Validation;

/// <summary>The rule about the number of rows.</summary>
internal static class RowChecks
{
    /// <summary>The rule of a contract.</summary>
    public static ContractCheck Of(DataContract contract) => new(
        FindingSeverity.Error, "rowCount", "rows",
        contract.MaximumRows is { } most ? $"from {Text(contract.MinimumRows)} to {Text(most)}" : $"at least {Text(contract.MinimumRows)}",
        $"SELECT count(*)::VARCHAR FROM {ContractCheck.Rows}")
    {
        Broken = $"count(*) NOT BETWEEN {Text(contract.MinimumRows)} AND {Text(contract.MaximumRows ?? long.MaxValue)}",
    };

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
