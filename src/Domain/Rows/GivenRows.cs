using System.Collections.Immutable;

namespace Lifecycle.Domain.Rows;

/// <summary>Rows that somebody gave for a model, read strictly by its schema.</summary>
/// <param name="Rows">All of them as they were given, in their order.</param>
/// <param name="Sound">Those without a fault, as the model reads them, in the same order.</param>
public sealed record GivenRows(ImmutableArray<GivenRow> Rows, InputRows Sound);

/// <summary>One row as it was given.</summary>
/// <param name="Line">The line it begins on, counted from 1, the row of a Parquet file; null where it has no line.</param>
/// <param name="Values">Its values as they were written, in the order of the schema; null where one is missing.</param>
/// <param name="Fault">Why it cannot be read: the column, what was found and what was expected; null when it can.</param>
public sealed record GivenRow(long? Line, ImmutableArray<string?> Values, string? Fault);
