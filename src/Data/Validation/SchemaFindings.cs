using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;

namespace Lifecycle.Data.Validation;

/// <summary>Holds the columns of a DataSnapshot against those of the contract.</summary>
internal static class SchemaFindings
{
    private const string Rule = "column";

    /// <summary>Columns that are missing, unexpected or of another type.</summary>
    public static IEnumerable<ValidationFinding> Of(DataContract contract, SnapshotColumns columns) =>
    [
        .. contract.Columns.Select(column => OfColumn(column.Key, column.Value, columns.TypeOf(column.Key))).OfType<ValidationFinding>(),
        .. columns.Names.Where(name => !contract.Columns.ContainsKey(name)).Select(Unexpected),
    ];

    private static ValidationFinding? OfColumn(string name, ColumnContract contract, string? databaseType)
    {
        if (databaseType is null)
        {
            return contract.Required
                ? new ValidationFinding(contract.Severity, Rule, name, "missing", $"one of type {LogicalTypes.Name(contract.Type)}")
                : null;
        }

        return LogicalTypes.Fits(databaseType, contract.Type)
            ? null
            : new ValidationFinding(contract.Severity, "type", name, databaseType, LogicalTypes.Name(contract.Type));
    }

    private static ValidationFinding Unexpected(string name) =>
        new(FindingSeverity.Warning, Rule, name, "not in the contract", "only those that the contract names");
}
