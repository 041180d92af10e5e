namespace Lifecycle.Data.Predictions;

/// <summary>
/// What turned out to be true, with where it comes from. It belongs to one request, or, when <see cref="RequestId"/> is null,
/// to every request with that input. Several labels may come in time: the one known last counts.
/// </summary>
public sealed record LabelRow
{
    /// <summary>The request that the label belongs to; null for a label of <see cref="Input"/>.</summary>
    public string? RequestId { get; init; }

    /// <summary>What was asked that the label belongs to; may be null when <see cref="RequestId"/> is given.</summary>
    public string? Input { get; init; }

    /// <summary>The label: of two classes 1 for the positive one and 0 for the other, or the value; null where <see cref="Class"/> is given.</summary>
    public double? Label { get; init; }

    /// <summary>Name of the class, where there are several; else null.</summary>
    public string? Class { get; init; }

    /// <summary>When the label became known.</summary>
    public required DateTimeOffset KnownTime { get; init; }

    /// <summary>Provenance: who or what says so, such as <c>abuse-desk</c>.</summary>
    public required string Source { get; init; }
}
