using Google.Protobuf;
using Lifecycle.LocalEngine.Visibility.Queries;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>
/// Search attributes that were checked carry their type in their payload. That type, not the registry, says how they are
/// stored, so that a run outlives the removal of an attribute.
/// </summary>
internal static class StoredAttributes
{
    private const string TypeKey = "type";

    /// <summary>Marks a checked attribute with its registered type.</summary>
    public static void Mark(Payload payload, IndexedValueType type) =>
        payload.Metadata[TypeKey] = ByteString.CopyFromUtf8(type.ToString());

    /// <summary>The attributes in the form that queries compare.</summary>
    public static string Comparable(SearchAttributes attributes) => attributes.IndexedFields.Count == 0
        ? "{}"
        : SearchAttributeDocument.Write(attributes, "", name => TypeOf(attributes.IndexedFields[name]));

    private static IndexedValueType TypeOf(Payload payload) =>
        payload.Metadata.TryGetValue(TypeKey, out var type) && Enum.TryParse<IndexedValueType>(type.ToStringUtf8(), out var known)
            ? known
            : IndexedValueType.Keyword;
}
