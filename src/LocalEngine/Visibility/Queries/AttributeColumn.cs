using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>
/// Where one search attribute lies in a table, and what type it has. <see cref="Sql"/> is an expression over that
/// table and is pasted into statements: it comes from the program, never from a caller.
/// <list type="bullet">
/// <item>Keyword is text, compared byte by byte.</item>
/// <item>Int is an integer, Double a real, Bool 0 or 1.</item>
/// <item>Datetime is an integer, see <see cref="ColumnTime"/>.</item>
/// <item>KeywordList and Text are a JSON array of text: the keywords, or the lower-case words (<see cref="TextWords"/>).</item>
/// </list>
/// An absent attribute is NULL.
/// </summary>
public sealed record AttributeColumn(string Sql, IndexedValueType Type)
{
    /// <summary>How the attribute's literals are read, where the type alone does not say it.</summary>
    public AttributeMeaning Meaning { get; init; } = AttributeMeaning.Plain;

    /// <summary>What comparisons and orderings use in place of NULL; by default a row without the attribute matches none.</summary>
    public string? SqlWhenAbsent { get; init; }

    /// <summary>The expression that comparisons and orderings use.</summary>
    internal string ComparableSql => SqlWhenAbsent is null ? Sql : $"coalesce({Sql}, {SqlWhenAbsent})";

    /// <summary>
    /// An attribute kept as a member of a JSON object in <paramref name="column"/>. Null where the name cannot be written
    /// as a JSON path, so that no such attribute is found.
    /// </summary>
    public static AttributeColumn? JsonMember(string column, string name, IndexedValueType type) =>
        name.AsSpan().ContainsAny("\"\\\0")
            ? null
            : new($"json_extract({column}, '$.\"{name.Replace("'", "''", StringComparison.Ordinal)}\"')", type);
}

/// <summary>System attributes whose literals are more than their type.</summary>
public enum AttributeMeaning
{
    /// <summary>The literal is the value.</summary>
    Plain,

    /// <summary>The name of an execution status (or its number); the column holds the number.</summary>
    ExecutionStatus,

    /// <summary>A duration such as <c>1h30m</c>, <c>01:30:00</c>, or nanoseconds; the column holds nanoseconds.</summary>
    Duration,
}

/// <summary>Finds the column of an attribute by its exact name; null where there is no such attribute.</summary>
public delegate AttributeColumn? AttributeColumns(string name);
