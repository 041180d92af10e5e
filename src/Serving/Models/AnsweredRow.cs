using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Data.Inputs;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Serving.Models;

/// <summary>
/// A row and the live model's answer to it. As JSON the answer's members stand beside the row's: <c>input</c> and <c>scored</c> of a
/// model of one text, <c>inputs</c> by column of any other.
/// </summary>
/// <param name="Schema">The columns that the model reads.</param>
/// <param name="Given">The row's values as they were given, in the order of the schema; null where one is missing.</param>
[JsonConverter(typeof(AnsweredRowJson))]
public sealed record AnsweredRow(InputSchema Schema, ImmutableArray<string?> Given)
{
    /// <summary>The line that the row began on, counted from 1; null where it came from no file.</summary>
    public long? Line { get; init; }

    /// <summary>The one text as the model read it; null when it was refused, and for models of columns.</summary>
    public string? Scored { get; init; }

    /// <summary>The answer; null when the row was refused.</summary>
    public Prediction? Prediction { get; init; }

    /// <summary>Why it is that answer; null when the row was refused, and for a model that was not opened to explain.</summary>
    public RowExplanation? Explanation { get; init; }

    /// <summary>Why the row was refused; null when it was answered.</summary>
    public string? Refusal { get; init; }

    /// <summary>The row as the log holds it: the one text as it was given, or all inputs as one JSON object.</summary>
    public string Input => RowText.Of(Schema, Given);

    /// <summary>Probability of the positive class; null when the row was refused, or where the answer is another.</summary>
    public float? Probability => Prediction is Prediction.OfPositive positive ? positive.Probability : null;
}
