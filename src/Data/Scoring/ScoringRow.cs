namespace Lifecycle.Data.Scoring;

/// <summary>A row of batch scoring: where it comes from, and, once it was scored, the answer. Format: docs/formats/scores.md.</summary>
public sealed record ScoringRow
{
    /// <summary>Position among all rows of the batch, counted from 0.</summary>
    public required long Number { get; init; }

    /// <summary>Name of the source's file.</summary>
    public required string Source { get; init; }

    /// <summary>Line in the source, counted from 1; the row in a Parquet file.</summary>
    public required long Line { get; init; }

    /// <summary>Identity of the request in the prediction log.</summary>
    public required string RequestId { get; init; }

    /// <summary>When the event happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The raw event; null when it is missing.</summary>
    public string? Input { get; init; }

    /// <summary>The event as the model read it; null before scoring, and when it was refused.</summary>
    public string? Scored { get; init; }

    /// <summary>Probability of label 1; null before scoring, and when it was refused.</summary>
    public float? Prediction { get; init; }

    /// <summary>Why the row was refused; null when it was scored, and before scoring when it can be read.</summary>
    public string? Refusal { get; init; }
}
