using System.Collections.Immutable;

namespace Lifecycle.Data.Tables;

/// <summary>The rows of a Holdout by columns; index <c>i</c> is the same row in all of them, sorted by key.</summary>
public sealed record HoldoutRows
{
    /// <summary>The entities.</summary>
    public required ImmutableArray<string> Keys { get; init; }

    /// <summary>Raw texts that the graph reads.</summary>
    public required ImmutableArray<string> Inputs { get; init; }

    /// <summary>The labels.</summary>
    public required ImmutableArray<bool> Labels { get; init; }

    /// <summary>Weights in evaluation, above zero.</summary>
    public required ImmutableArray<double> Weights { get; init; }

    /// <summary>Clusters that the bootstrap draws whole.</summary>
    public required ImmutableArray<string> Clusters { get; init; }

    /// <summary>What the ReferenceModel's lookup knew before; null where it knew nothing.</summary>
    public required ImmutableArray<bool?> Lookups { get; init; }

    /// <summary>Membership in each slice, by the slice's name.</summary>
    public required ImmutableSortedDictionary<string, ImmutableArray<bool>> Slices { get; init; }
}
