namespace Lifecycle.Data.Tables;

/// <summary>One row of a TrainingSet.</summary>
/// <param name="Key">The entity.</param>
/// <param name="Input">Raw text that the graph reads.</param>
/// <param name="Label">The label.</param>
/// <param name="Weight">Weight in training, above zero.</param>
public readonly record struct TrainingRow(string Key, string Input, bool Label, double Weight);
