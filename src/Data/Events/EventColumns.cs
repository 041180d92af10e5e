using System.Collections.Immutable;

namespace Lifecycle.Data.Events;

/// <summary>
/// Which columns of a file mean what. The inputs of a model of columns are found by their names; of a model of one text, in a text file
/// without columns, the line is the input.
/// </summary>
public sealed record EventColumns
{
    /// <summary>The one text of a model that reads one; null takes <c>input</c>, or the line of a text file without columns.</summary>
    public string? Input { get; init; }

    /// <summary>When the event happened; null when no column says it.</summary>
    public string? Time { get; init; }

    /// <summary>Identity of the request; null when no column says it.</summary>
    public string? RequestId { get; init; }

    /// <summary>A prediction that was made elsewhere: one column of numbers, or <c>CLASS=COLUMN</c> for each class; empty when no column says it.</summary>
    public ImmutableArray<string> Predictions { get; init; } = [];

    /// <summary>The label; null when no column says it.</summary>
    public string? Label { get; init; }

    /// <summary>When the prediction became known; null when no column says it.</summary>
    public string? KnownTime { get; init; }

    /// <summary>When the label became known; null when no column says it.</summary>
    public string? LabelTime { get; init; }

    /// <summary>Columns that may be there and are not read, where inputs are found by their names.</summary>
    public ImmutableArray<string> Ignored { get; init; } = [];

    /// <summary>Whether any column may be there that is not read, as in a file of our own.</summary>
    public bool IgnoresOthers { get; init; }

    /// <summary>All that are named, but for inputs and predictions, each once.</summary>
    internal ImmutableArray<string> Others => [.. new[] { Time, RequestId, Label, KnownTime, LabelTime }.OfType<string>().Distinct(StringComparer.Ordinal)];
}
