using System.Collections.Immutable;

namespace Lifecycle.Domain.Evaluation;

/// <summary>What became of the intervals on the Holdout.</summary>
/// <param name="Coverage">The share of labels that shall lie within.</param>
/// <param name="CrossedRows">Rows whose ends had crossed, and were turned round.</param>
/// <param name="Slices">By slice name.</param>
public sealed record IntervalEvidence(double Coverage, long CrossedRows, ImmutableSortedDictionary<string, IntervalCoverage> Slices);

/// <summary>Intervals and labels on one slice; shares are of the rows' weight.</summary>
/// <param name="Covered">Share of labels within their interval, its ends included.</param>
/// <param name="Lower">Lower end of that share's own 95% interval (Clopper and Pearson), as uncertain as the clusters make it.</param>
/// <param name="Upper">Its upper end.</param>
/// <param name="Below">Share of labels below their interval.</param>
/// <param name="Above">Share of labels above it.</param>
/// <param name="MeanWidth">Mean width of the intervals.</param>
public sealed record IntervalCoverage(double Covered, double Lower, double Upper, double Below, double Above, double MeanWidth);
