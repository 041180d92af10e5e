using Lifecycle.Domain.Rows;

namespace Lifecycle.Evaluation.Rows;

/// <summary>The Challenger's intervals for the rows of the Holdout, made with the ONNX file that ships.</summary>
/// <param name="Coverage">The share of labels that shall lie within.</param>
/// <param name="Bounds">Lower and upper end, row after row.</param>
/// <param name="CrossedRows">Rows whose ends had crossed.</param>
public sealed record ScoredIntervals(double Coverage, Answers Bounds, long CrossedRows);
