using System.Globalization;
using Lifecycle.Domain.Training;

namespace Lifecycle.Activities.Stages;

/// <summary>An exported graph that does not reproduce the trained model: a defect of the exporter, never shipped.</summary>
public sealed class ParityBrokenException(ParityReport parity) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"model.onnx differs from the trained model by up to {parity.MaximumDifference:g3} ({parity.Measure.ToString().ToLowerInvariant()}) over {parity.RowCount} holdout rows, expected at most {parity.Tolerance:g3}; the run stops here, report this with the challenger's digest"));
