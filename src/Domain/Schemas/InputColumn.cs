namespace Lifecycle.Domain.Schemas;

/// <summary>One raw column that a caller sends to a model: one input of the graph, under the same name.</summary>
public sealed record InputColumn
{
    /// <summary>Name of the column, in the snapshot, in a request and in the graph.</summary>
    public required string Name { get; init; }

    /// <summary>What its values are.</summary>
    public required InputType Type { get; init; }

    /// <summary>Whether a value may be missing.</summary>
    public bool Nullable { get; init; }

    /// <summary>Smallest number that is answered; null is no bound.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest number that is answered; null is no bound.</summary>
    public double? Maximum { get; init; }

    /// <summary>Longest text in UTF-8 bytes that is answered.</summary>
    public int MaximumBytes { get; init; } = 253;

    /// <summary>What a timestamp without a zone means.</summary>
    public InputZone Zone { get; init; } = InputZone.Utc;
}

/// <summary>What the values of a column are.</summary>
public enum InputType
{
    /// <summary>Any text without control characters; transforms read it in lower case.</summary>
    Text,

    /// <summary>A host name: IDN is converted to ASCII, a trailing dot removed, and the syntax of RFC 1123 asked for.</summary>
    HostName,

    /// <summary>One of a set of levels, as it is written; a level never seen in training is answered too.</summary>
    Category,

    /// <summary>A floating-point number; a missing one is NaN.</summary>
    Number,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A point in time, in microseconds since 1970.</summary>
    Timestamp,
}

/// <summary>The clock of a timestamp.</summary>
public enum InputZone
{
    /// <summary>Coordinated universal time.</summary>
    Utc,

    /// <summary>A wall clock somewhere; where, the data do not say.</summary>
    Local,
}
