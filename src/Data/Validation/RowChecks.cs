using System.Globalization;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Validation;

/// <summary>The rules about all rows together.</summary>
internal static class RowChecks
{
    private const string Subject = "rows";

    /// <summary>Row count and label rate.</summary>
    public static IEnumerable<ContractCheck> Of(DataContract contract, FeatureView features, SnapshotColumns columns)
    {
        yield return Count(contract);
        if (columns.Contains(features.Label))
        {
            yield return LabelRate(contract, features.Label);
        }
    }

    private static ContractCheck Count(DataContract contract) => new(
        FindingSeverity.Error, "rowCount", Subject,
        contract.MaximumRows is { } most ? $"from {Text(contract.MinimumRows)} to {Text(most)}" : $"at least {Text(contract.MinimumRows)}",
        $"""
        SELECT CASE WHEN count(*) NOT BETWEEN {Text(contract.MinimumRows)} AND {Text(contract.MaximumRows ?? long.MaxValue)} THEN count(*)::VARCHAR END
        FROM {ContractCheck.Rows}
        """);

    private static ContractCheck LabelRate(DataContract contract, string label) => new(
        FindingSeverity.Error, "labelRate", Subject, $"from {Text(contract.MinimumLabelRate)} to {Text(contract.MaximumLabelRate)}", $"""
        SELECT CASE WHEN total > 0 AND rate NOT BETWEEN {Sql.Number(contract.MinimumLabelRate)} AND {Sql.Number(contract.MaximumLabelRate)} THEN round(rate, 6)::VARCHAR END
        FROM (SELECT count(*) AS total, count(*) FILTER ({Sql.Name(label)}::VARCHAR = '1') / count(*) AS rate FROM {ContractCheck.Rows})
        """);

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
