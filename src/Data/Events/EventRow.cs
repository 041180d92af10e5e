using System.Collections.Immutable;

namespace Lifecycle.Data.Events;

/// <summary>One event of a file. A row that cannot be read says why, and never stops the rows after it.</summary>
public sealed record EventRow
{
    /// <summary>The line it begins on, counted from 1 with the header; in a Parquet file the row, counted from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The one text, or the row of inputs as <see cref="Inputs.RowText"/> writes it; null when the text is missing.</summary>
    public string? Input { get; init; }

    /// <summary>When the event happened.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Identity of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>A prediction that was made elsewhere: the probability, that of the likeliest class, or the value.</summary>
    public float? Prediction { get; init; }

    /// <summary>Its probabilities of the classes, in the target's order; empty where the answer is one number.</summary>
    public ImmutableArray<float> Answers { get; init; } = [];

    /// <summary>The label: 0 or 1 of two classes, or the value.</summary>
    public double? Label { get; init; }

    /// <summary>The label's class, where there are several.</summary>
    public string? Class { get; init; }

    /// <summary>Whether the row says what turned out to be true.</summary>
    public bool IsLabelled => Label is not null || Class is not null;

    /// <summary>When the prediction became known.</summary>
    public DateTimeOffset? KnownTime { get; init; }

    /// <summary>When the label became known.</summary>
    public DateTimeOffset? LabelTime { get; init; }

    /// <summary>Why the row cannot be used: what was found and what was expected; null when it can.</summary>
    public string? Fault { get; init; }
}
