using System.Collections.Immutable;
using Lifecycle.Data.Predictions;

namespace Lifecycle.Serving.Logging;

/// <summary>Rows of a closed part.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="DamagedLineCount">Lines that could not be read.</param>
internal sealed record SealedRows(ImmutableArray<PredictionRow> Rows, int DamagedLineCount);
