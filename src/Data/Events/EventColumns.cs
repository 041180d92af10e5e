using System.Collections.Immutable;

namespace Lifecycle.Data.Events;

/// <summary>Which columns of a file mean what. In a text file without columns, the line is the input.</summary>
public sealed record EventColumns
{
    /// <summary>The raw event; null takes <c>input</c>, or the line of a text file without columns.</summary>
    public string? Input { get; init; }

    /// <summary>When the event happened; null when no column says it.</summary>
    public string? Time { get; init; }

    /// <summary>Identity of the request; null when no column says it.</summary>
    public string? RequestId { get; init; }

    /// <summary>A prediction that was made elsewhere; null when no column says it.</summary>
    public string? Prediction { get; init; }

    /// <summary>The label; null when no column says it.</summary>
    public string? Label { get; init; }

    /// <summary>When the prediction became known; null when no column says it.</summary>
    public string? KnownTime { get; init; }

    /// <summary>When the label became known; null when no column says it.</summary>
    public string? LabelTime { get; init; }

    /// <summary>All that are named, but for the input, each once.</summary>
    internal ImmutableArray<string> Others => [.. new[] { Time, RequestId, Prediction, Label, KnownTime, LabelTime }.OfType<string>().Distinct(StringComparer.Ordinal)];
}
