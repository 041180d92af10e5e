using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Lifecycle.Domain;

/// <summary>
/// What every document has to keep to, beyond its syntax: a member that the record's type does not allow to be missing is there, nothing is
/// null where the type says that it is not, neither a member nor an element of a list, and no member stands twice. What breaks it is a
/// <see cref="JsonException"/> that names the member.
/// </summary>
internal static class JsonContract
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> DefaultOf = [];

    /// <summary>The resolver that adds the contract to each type.</summary>
    public static IJsonTypeInfoResolver Resolver { get; } =
        new DefaultJsonTypeInfoResolver().WithAddedModifier(RequireParameters).WithAddedModifier(RefuseNullElements);

    // A parameter of a positional record without a default has to be there, unless null would do.
    private static void RequireParameters(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo member in type.Properties)
        {
            if (member.Set is not null && member.AssociatedParameter is { HasDefaultValue: false, IsNullable: false } parameter && Nullable.GetUnderlyingType(parameter.ParameterType) is null)
            {
                member.IsRequired = true;
            }
        }
    }

    private static void RefuseNullElements(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        ImmutableArray<JsonPropertyInfo> lists = [.. type.Properties.Where(member => member is { Get: not null, Set: not null } && HoldsReferences(member.PropertyType))];
        if (!lists.IsEmpty)
        {
            type.OnDeserialized += read => RefuseNulls(read, lists);
        }
    }

    private static bool HoldsReferences(Type list) => list != typeof(string) && list.IsAssignableTo(typeof(IEnumerable))
        && (list.IsArray ? list.GetElementType() : list.IsGenericType ? list.GetGenericArguments()[^1] : null) is { IsValueType: false };

    private static void RefuseNulls(object read, ImmutableArray<JsonPropertyInfo> lists)
    {
        foreach (JsonPropertyInfo list in lists)
        {
            if (HasNull(list.Get!(read)))
            {
                throw new JsonException($"The list '{list.Name}' of {read.GetType().Name} holds null, expected only values.");
            }
        }
    }

    /// <summary>Whether a list, or a list's element that is one, holds null.</summary>
    public static bool HasNull(object? list) => list switch
    {
        null => false,
        _ when IsDefault(list) => false,
        IDictionary dictionary => dictionary.Values.Cast<object?>().Any(value => value is null),
        IEnumerable elements => elements.Cast<object?>().Any(element => element is null),
        _ => false,
    };

    // Asked of every list that is read, so the reflection is done once a type.
    private static bool IsDefault(object list) =>
        list.GetType() is { IsValueType: true } type && DefaultOf.GetOrAdd(type, of => of.GetProperty(nameof(ImmutableArray<object>.IsDefault)))?.GetValue(list) is true;
}
