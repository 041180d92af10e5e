using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>Namespaces and the search attributes registered in them.</summary>
internal sealed class NamespaceStore(SqliteConnection connection)
{
    private readonly Statement save = new(connection, "INSERT OR REPLACE INTO namespaces (name, description) VALUES ($0, $1)");
    private readonly Statement all = new(connection, "SELECT name, description FROM namespaces ORDER BY name");
    private readonly Statement saveAttribute = new(connection, "INSERT OR REPLACE INTO search_attributes (namespace, name, kind) VALUES ($0, $1, $2)");
    private readonly Statement removeAttribute = new(connection, "DELETE FROM search_attributes WHERE namespace = $0 AND name = $1");
    private readonly Statement allAttributes = new(connection, "SELECT namespace, name, kind FROM search_attributes");

    /// <summary>Every namespace; the description is null where it cannot be read.</summary>
    public List<(string Name, DescribeNamespaceResponse? Description)> All() => all.Query(row => (row.GetString(0), Description(row)));

    private static DescribeNamespaceResponse? Description(SqliteDataReader row)
    {
        try
        {
            return DescribeNamespaceResponse.Parser.ParseFrom(row.GetFieldValue<byte[]>(1)) is { NamespaceInfo: not null } read ? read : null;
        }
        catch (Exception problem) when (problem is InvalidProtocolBufferException or InvalidCastException)
        {
            return null;
        }
    }

    public List<(string Namespace, string Name, IndexedValueType Kind)> AllAttributes() =>
        allAttributes.Query(row => (row.GetString(0), row.GetString(1), (IndexedValueType)row.GetInt64(2)));

    public void Save(DescribeNamespaceResponse description) =>
        save.Execute(description.NamespaceInfo.Name, description.ToByteArray());

    public void SaveAttribute(string @namespace, string name, IndexedValueType kind) => saveAttribute.Execute(@namespace, name, (long)kind);

    public void RemoveAttribute(string @namespace, string name) => removeAttribute.Execute(@namespace, name);
}
