using System.Collections.Immutable;

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

    /// <summary>The one text, or the row of inputs as <see cref="Inputs.RowText"/> writes it; null when the text is missing.</summary>
    public string? Input { get; init; }

    /// <summary>The one text as the model read it; null before scoring, when it was refused, and for models of columns.</summary>
    public string? Scored { get; init; }

    /// <summary>Probability of the positive class, that of the likeliest class, or the value; null before scoring, and when it was refused.</summary>
    public float? Prediction { get; init; }

    /// <summary>The likeliest class, where the answer is a probability for each; else null.</summary>
    public string? Label { get; init; }

    /// <summary>Probabilities of the classes, in the target's order; empty where the answer is one number.</summary>
    public ImmutableArray<float> Answers { get; init; } = [];

    /// <summary>Why the row was refused; null when it was scored, and before scoring when it can be read.</summary>
    public string? Refusal { get; init; }
}
