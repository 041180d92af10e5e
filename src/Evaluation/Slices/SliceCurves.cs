using System.Collections.Immutable;
using Lifecycle.Evaluation.Metrics;

namespace Lifecycle.Evaluation.Slices;

/// <summary>A model's curves on one slice.</summary>
/// <param name="Calibration">Bins in increasing order of prediction.</param>
/// <param name="Gain">The cumulative gain curve.</param>
public sealed record SliceCurves(ImmutableArray<CalibrationBin> Calibration, ImmutableArray<GainPoint> Gain);
