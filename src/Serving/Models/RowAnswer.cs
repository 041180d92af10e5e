using Lifecycle.Domain.Schemas;

namespace Lifecycle.Serving.Models;

/// <summary>The live model's answer to a row: one of the two.</summary>
/// <param name="Prediction">The answer; null when the row was refused.</param>
/// <param name="Refusal">Why it was refused: the column, what was found and what was expected; null when it was answered.</param>
public readonly record struct RowAnswer(Prediction? Prediction, string? Refusal)
{
    /// <summary>Why it is that answer; null when the row was refused, and for a model that was not opened to explain.</summary>
    public RowExplanation? Explanation { get; init; }
}
