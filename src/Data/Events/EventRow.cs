namespace Lifecycle.Data.Events;

/// <summary>One event of a file. A row that cannot be read says why, and never stops the rows after it.</summary>
public sealed record EventRow
{
    /// <summary>The line it begins on, counted from 1 with the header; in a Parquet file the row, counted from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The raw event; null when it is missing.</summary>
    public string? Input { get; init; }

    /// <summary>When the event happened.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Identity of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>A prediction that was made elsewhere.</summary>
    public float? Prediction { get; init; }

    /// <summary>The label.</summary>
    public int? Label { get; init; }

    /// <summary>When the prediction became known.</summary>
    public DateTimeOffset? KnownTime { get; init; }

    /// <summary>When the label became known.</summary>
    public DateTimeOffset? LabelTime { get; init; }

    /// <summary>Why the row cannot be used: what was found and what was expected; null when it can.</summary>
    public string? Fault { get; init; }
}
