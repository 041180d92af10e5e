using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Features;

/// <summary>Both sides of a split, as they were written.</summary>
public sealed record SplitRows(TrainingSet TrainingSet, Holdout Holdout);
