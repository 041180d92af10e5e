using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Models;

/// <summary>
/// The trivial model that the Challenger must beat: a lookup of what was already known, with a constant for the rest.
/// </summary>
public sealed record ReferenceModelDefinition
{
    /// <summary>Snapshot column with the label known before (0, 1 or null); null in the definition means no lookup at all.</summary>
    public string? LookupColumn { get; init; }

    /// <summary>Probability given to a row that the lookup knows as 1 (and one minus it for a known 0).</summary>
    public double Confidence { get; init; } = 0.99;

    /// <summary>How the ReferenceModel is published while there are no labels; null where nothing was planned for that time.</summary>
    public ColdStartDefinition? ColdStart { get; init; }
}
