using System.Collections.Immutable;
using System.Reflection;

namespace Lifecycle.Domain.Kinds;

/// <summary>A record that comes in kinds, told apart in documents by one member.</summary>
/// <typeparam name="TSelf">The record.</typeparam>
public interface IHasKinds<TSelf>
    where TSelf : class, IHasKinds<TSelf>
{
    /// <summary>The kinds there are: definitions bind, documents are read and schemas are written through this one list.</summary>
    static abstract KindList<TSelf> Kinds { get; }
}

/// <summary>A kind by the name that documents give it.</summary>
/// <param name="Name">The name, such as <c>regression</c>.</param>
/// <param name="Type">The record.</param>
public sealed record Kind(string Name, Type Type);

/// <summary>The kinds of one record, whatever the record is.</summary>
public interface IKindList
{
    /// <summary>The member that names the kind.</summary>
    string Discriminator { get; }

    /// <summary>Name of the kind that a document without the member means; null where it has to be there.</summary>
    string? Default { get; }

    /// <summary>The kinds, in the order in which they were added.</summary>
    ImmutableArray<Kind> All { get; }
}

/// <summary>The kinds of one record. Whoever composes a program may add its own before anything is read.</summary>
/// <typeparam name="TBase">The record.</typeparam>
public sealed class KindList<TBase> : IKindList
    where TBase : class
{
    private ImmutableArray<Kind> kinds = [];

    /// <inheritdoc/>
    public string Discriminator { get; init; } = "type";

    /// <inheritdoc/>
    public string? Default { get; init; }

    /// <inheritdoc/>
    public ImmutableArray<Kind> All => kinds;

    /// <summary>Adds a kind; adding the same again changes nothing.</summary>
    /// <exception cref="ArgumentException">The name or the record is taken.</exception>
    public KindList<TBase> Add<TKind>(string name)
        where TKind : TBase
    {
        Kind added = new(name, typeof(TKind));
        ImmutableInterlocked.Update(ref kinds, known => known.Contains(added) ? known
            : known.Any(kind => kind.Name == name || kind.Type == typeof(TKind)) ? throw new ArgumentException($"The kind '{name}' or its record {typeof(TKind).Name} is there already.", nameof(name))
            : known.Add(added));
        return this;
    }

    /// <summary>Name of the kind of a value.</summary>
    public string NameOf(TBase value) => All.FirstOrDefault(kind => kind.Type == value.GetType())?.Name
        ?? throw new InvalidOperationException($"{value.GetType().Name} is no kind that was added; add it where the program is composed.");
}

/// <summary>Finds the kinds of a type that is only known when the program runs.</summary>
public static class KindLists
{
    /// <summary>The kinds of a type; null where it has none.</summary>
    public static IKindList? Of(Type type) => type.GetInterfaces().Any(implemented => IsOf(implemented, type))
        ? (IKindList?)type.GetProperty("Kinds", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)
        : null;

    /// <summary>The kinds that a record is one of; null where it is none.</summary>
    public static IKindList? Around(Type kind) => kind.BaseType is { } record ? Of(record) ?? Around(record) : null;

    private static bool IsOf(Type implemented, Type type) =>
        implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IHasKinds<>) && implemented.GetGenericArguments()[0] == type;
}
