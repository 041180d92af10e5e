using System.Collections.Immutable;
using System.Net;

namespace Lifecycle.LocalEngine;

/// <summary>How a local engine runs. Only the home directory has no default.</summary>
public sealed record LocalEngineOptions
{
    /// <summary>The directory that holds the database and the lock; created where it does not exist. One engine at a time can live in it.</summary>
    public required string HomeDirectory { get; init; }

    /// <summary>
    /// Whether the database must be there already. A program that knows that it has used the home says so, and then a database that
    /// is empty or gone is refused; by default it is made.
    /// </summary>
    public bool MustExist { get; init; }

    /// <summary>The port to listen on; 0, the default, takes any free one, which <see cref="LocalEngineHost.Target"/> names.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on. The default is loopback: the engine has no authentication, so another address opens it to whoever reaches it.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The namespace that exists from the first start on; <c>default</c> by default.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>
    /// Search attributes registered in <see cref="Namespace"/> at start, besides those registered before; none by default.
    /// An attribute that is registered with another kind makes the start fail.
    /// </summary>
    public ImmutableDictionary<string, SearchAttributeKind> SearchAttributes { get; init; } = ImmutableDictionary<string, SearchAttributeKind>.Empty;
}

/// <summary>The type of a search attribute; the names are those of the protocol.</summary>
public enum SearchAttributeKind
{
    /// <summary>One string, compared as a whole.</summary>
    Keyword,

    /// <summary>Several strings, each compared as a whole.</summary>
    KeywordList,

    /// <summary>Words, found one by one.</summary>
    Text,

    /// <summary>A 64-bit integer.</summary>
    Int,

    /// <summary>A 64-bit floating-point number.</summary>
    Double,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>An instant.</summary>
    Datetime,
}
