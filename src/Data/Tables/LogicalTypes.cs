using Lifecycle.Domain.Data;

namespace Lifecycle.Data.Tables;

/// <summary>Logical types of DuckDB's types.</summary>
internal static class LogicalTypes
{
    /// <summary>The logical type; null for types that no contract can name, such as lists.</summary>
    public static ColumnType? Of(string databaseType) => databaseType.Split('(')[0] switch
    {
        "VARCHAR" or "ENUM" => ColumnType.Text,
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT"
            or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT" or "UHUGEINT" => ColumnType.Integer,
        "FLOAT" or "DOUBLE" or "DECIMAL" => ColumnType.Number,
        "BOOLEAN" => ColumnType.Boolean,
        "DATE" or "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" or "TIMESTAMP WITH TIME ZONE" => ColumnType.Timestamp,
        _ => null,
    };

    /// <summary>Whether values may be NaN or infinite.</summary>
    public static bool IsFloating(string databaseType) => databaseType is "FLOAT" or "DOUBLE";

    /// <summary>Whether values are points in time that say their zone.</summary>
    public static bool HasZone(string databaseType) => databaseType == "TIMESTAMP WITH TIME ZONE";

    /// <summary>SQL of a date or point in time as a timestamp without zone: in UTC where it says its zone.</summary>
    public static string Timestamp(string expression, string databaseType) =>
        HasZone(databaseType) ? $"make_timestamp(epoch_us({expression}))" : $"{expression}::TIMESTAMP";

    /// <summary>Whether a column fits a contract: the same type, or whole numbers where numbers are asked for.</summary>
    public static bool Fits(string databaseType, ColumnType wanted) =>
        Of(databaseType) is { } found && (found == wanted || (found == ColumnType.Integer && wanted == ColumnType.Number));

    /// <summary>The type's name as model.yaml writes it.</summary>
    public static string Name(ColumnType type) => type.ToString().ToLowerInvariant();
}
