using System.Collections.Immutable;

namespace Lifecycle.Data.Tables;

/// <summary>Columns of a relation with their types in the database, in order.</summary>
internal sealed class SnapshotColumns(ImmutableArray<(string Name, string DatabaseType)> columns)
{
    private readonly ImmutableDictionary<string, string> types = columns.ToImmutableDictionary(column => column.Name, column => column.DatabaseType, StringComparer.Ordinal);

    /// <summary>Names, in the order of the file.</summary>
    public IEnumerable<string> Names => columns.Select(column => column.Name);

    /// <summary>The columns of a relation.</summary>
    public static SnapshotColumns Of(DuckSession session, string relation) =>
        new(session.Rows($"DESCRIBE {relation}", row => (row.GetString(0), row.GetString(1))));

    /// <summary>Whether a column is there.</summary>
    public bool Contains(string name) => types.ContainsKey(name);

    /// <summary>Type of a column in the database; null if it is not there.</summary>
    public string? TypeOf(string name) => types.GetValueOrDefault(name);
}
