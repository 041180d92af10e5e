using System.Globalization;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Validation;

/// <summary>What training and evaluation need of the columns that a FeatureView names, whatever the contract says.</summary>
internal static class FeatureChecks
{
    /// <summary>The rules of those columns that are there.</summary>
    public static IEnumerable<ContractCheck> Of(FeatureView features, SnapshotColumns columns)
    {
        IEnumerable<(string? Column, Func<string, ContractCheck> Check)> checks =
        [
            (features.Key, Present("key")),
            (features.Key, column => ColumnChecks.Unique(column, FindingSeverity.Error)),
            (features.Input, Present("input")),
            (features.Input, column => Length(column, features.MaximumInputBytes)),
            (features.Label, Label),
            (features.Cluster, Present("cluster")),
            (features.Weight, Weight),
        ];
        return checks.Where(check => check.Column is not null && columns.Contains(check.Column)).Select(check => check.Check(check.Column!));
    }

    private static Func<string, ContractCheck> Present(string rule) => column =>
        ContractCheck.EveryRow(FindingSeverity.Error, rule, column, "a value in every row", $"{Sql.Name(column)} IS NULL OR {Sql.Name(column)}::VARCHAR = ''");

    private static ContractCheck Length(string column, int maximumBytes) => ContractCheck.EveryRow(
        FindingSeverity.Error, "inputBytes", column, string.Create(CultureInfo.InvariantCulture, $"at most {maximumBytes} bytes of UTF-8"),
        $"strlen({Sql.Name(column)}::VARCHAR) > {maximumBytes.ToString(CultureInfo.InvariantCulture)}");

    private static ContractCheck Label(string column) => ContractCheck.EveryRow(
        FindingSeverity.Error, "label", column, "0 or 1 in every row", $"{Sql.Name(column)} IS NULL OR {Sql.Name(column)}::VARCHAR NOT IN ('0', '1')");

    private static ContractCheck Weight(string column) => ContractCheck.EveryRow(
        FindingSeverity.Error, "weight", column, "a finite number above zero in every row",
        $"{Sql.Name(column)} IS NULL OR NOT isfinite({Sql.Name(column)}::DOUBLE) OR {Sql.Name(column)} <= 0");
}
