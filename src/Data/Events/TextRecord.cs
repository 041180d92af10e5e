using System.Collections.Immutable;

namespace Lifecycle.Data.Events;

/// <summary>A row of a file as texts.</summary>
/// <param name="Line">The line it begins on, counted from 1.</param>
/// <param name="Fields">Its fields; null for a missing value.</param>
/// <param name="Fault">Why it is no row; null when it is one.</param>
internal sealed record TextRecord(long Line, ImmutableArray<string?> Fields, string? Fault = null);
