namespace Lifecycle.Data.Events;

/// <summary>Which columns of a file mean what. In a file of plain lines, the line is the input.</summary>
public sealed record EventColumns
{
    /// <summary>The raw event; <c>input</c> by default.</summary>
    public string Input { get; init; } = "input";

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
}
