using System.Collections.Immutable;
using Lifecycle.Domain.Rows;

namespace Lifecycle.Serving.Models;

/// <summary>A live model's answers to many rows, as columns; the rows that were refused have none.</summary>
/// <param name="Inputs">The rows that were answered, as the model read them, in their order.</param>
/// <param name="Answers">The answers to <paramref name="Inputs"/>.</param>
/// <param name="Refusals">For every row that was asked: why it was refused; null where it was answered.</param>
public sealed record ModelAnswers(InputRows Inputs, Answers Answers, ImmutableArray<string?> Refusals)
{
    /// <summary>Lower and upper end of the interval of each of <see cref="Answers"/>; null where the model gives none.</summary>
    public Answers? Bounds { get; init; }
}
