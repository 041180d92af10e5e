using System.Collections.Immutable;

namespace Lifecycle.Data.Drift;

/// <summary>
/// Histogram of one figure of the TrainingSet. Exactly one of <see cref="Edges"/> and <see cref="Levels"/> is there.
/// </summary>
public sealed record BaselineDistribution
{
    /// <summary>Name for people, such as <c>length</c>.</summary>
    public required string Name { get; init; }

    /// <summary>SQL expression over the columns <c>input</c> and <c>label</c>.</summary>
    public required string Expression { get; init; }

    /// <summary>Inner edges of a numeric figure's bins, increasing; bin <c>i</c> holds <c>edge[i−1] &lt; x ≤ edge[i]</c>, the outer ones are open.</summary>
    public ImmutableArray<double>? Edges { get; init; }

    /// <summary>Values of any other figure, most frequent first.</summary>
    public ImmutableArray<string>? Levels { get; init; }

    /// <summary>Rows in each bin or of each level.</summary>
    public required ImmutableArray<long> Counts { get; init; }

    /// <summary>Rows that are not a number, or of a level that is not listed.</summary>
    public required long OtherCount { get; init; }

    /// <summary>Rows without a value.</summary>
    public required long NullCount { get; init; }
}
