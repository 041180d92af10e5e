using System.Collections.Immutable;

namespace Lifecycle.Data.Drift;

/// <summary>Two Parquet files and the figures they are compared by.</summary>
/// <param name="BaselinePath">The rows behind the baseline.</param>
/// <param name="WindowPath">The rows of the window.</param>
/// <param name="Figures">The figures, over columns that both have.</param>
public sealed record ComparedRows(string BaselinePath, string WindowPath, ImmutableArray<FigureDefinition> Figures);
