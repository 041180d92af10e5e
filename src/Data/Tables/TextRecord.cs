using System.Collections.Immutable;

namespace Lifecycle.Data.Tables;

/// <summary>A row of a file as texts: the columns that were asked for, in that order.</summary>
/// <param name="Line">The line it begins on, counted from 1; the row in a Parquet file.</param>
/// <param name="Fields">Its fields; null for a missing value.</param>
/// <param name="Fault">Why the row cannot be used; null when it can.</param>
internal sealed record TextRecord(long Line, ImmutableArray<string?> Fields, string? Fault = null);
