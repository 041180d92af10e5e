using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Lifecycle.Domain.Kinds;
using Lifecycle.Domain.Models;

namespace Lifecycle.Definitions.Binding;

/// <summary>A place in a record that a YAML node is to fill.</summary>
/// <param name="Path">Path of the place, for messages.</param>
/// <param name="Type">Type wanted, without <see cref="Nullable{T}"/>.</param>
/// <param name="IsNullable">Whether the value may be left out by writing nothing.</param>
/// <param name="Range">Range of a number.</param>
internal sealed record Slot(string Path, Type Type, bool IsNullable, OptionRange? Range)
{
    /// <summary>What the place wants, for messages.</summary>
    public string Noun => DefinitionJson.Of(Type).Kind switch
    {
        _ when Type.GetCustomAttribute<TwoFormsAttribute>() is { } forms => string.Join(", or ", NounsOf(forms)),
        _ when KindLists.Of(Type) is not null || KeyedBy is not null => "keys and values",
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "keys and values",
        JsonTypeInfoKind.Enumerable => "a list",
        _ => ScalarBinder.NounOf(Type, Range),
    };

    /// <summary>The member that a mapping's keys become, where a list is written as one; null for every other place.</summary>
    public string? KeyedBy { get; init; }

    /// <summary>The place of a record's property.</summary>
    public static Slot Of(JsonPropertyInfo property, string path)
    {
        Type? underlying = Nullable.GetUnderlyingType(property.PropertyType);
        bool isNullable = underlying is not null || (!property.PropertyType.IsValueType && property.IsSetNullable);
        return new Slot(path, underlying ?? property.PropertyType, isNullable, OptionRanges.Of(property.DeclaringType, NameOf(property)))
        {
            KeyedBy = (property.AttributeProvider as MemberInfo)?.GetCustomAttribute<KeyedByAttribute>()?.Member,
        };
    }

    /// <summary>The place of a list's or dictionary's element.</summary>
    public static Slot Element(Type type, string path) => new(path, type, IsNullable: false, Range: null);

    private static IEnumerable<string> NounsOf(TwoFormsAttribute forms) =>
        new[] { forms.Scalar, forms.List, forms.Mapping }.OfType<Type>().Select(form => new Slot("", form, IsNullable: false, Range: null).Noun);

    private static string NameOf(JsonPropertyInfo property) => ((MemberInfo)property.AttributeProvider!).Name;
}
