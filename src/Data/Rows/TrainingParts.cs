using Lifecycle.Domain.Rows;

namespace Lifecycle.Data.Rows;

/// <summary>The rows of a TrainingSet as a training takes them.</summary>
/// <param name="Rows">Rows to learn from; the featurizer is fitted on these alone.</param>
/// <param name="Validation">Rows to stop early by; null where the trainer does not ask for any.</param>
public sealed record TrainingParts(RowSet Rows, RowSet? Validation);
