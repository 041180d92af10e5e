using System.Collections.Immutable;

namespace Lifecycle.Data.Predictions;

/// <summary>Verified local copies of the parts that a window may have rows in.</summary>
/// <param name="Predictions">Paths of predictions' parts, sorted.</param>
/// <param name="Labels">Paths of labels' parts, sorted.</param>
public sealed record WindowParts(ImmutableArray<string> Predictions, ImmutableArray<string> Labels);
