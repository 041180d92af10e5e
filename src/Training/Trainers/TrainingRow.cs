namespace Lifecycle.Training.Trainers;

/// <summary>One row of the TrainingSet.</summary>
/// <param name="Input">The raw text that the featurizer reads.</param>
/// <param name="Label">The class.</param>
/// <param name="Weight">How much the row counts; finite and not negative, 1 by default.</param>
public readonly record struct TrainingRow(string Input, bool Label, float Weight = 1);
