namespace Lifecycle.Serving.Models;

/// <summary>A value and the live model's answer to it.</summary>
/// <param name="Input">The value as given.</param>
/// <param name="Scored">The value as the model read it; null when it was refused.</param>
/// <param name="Probability">Probability of class 1; null when it was refused.</param>
/// <param name="Refusal">Why it was refused; null when it was scored.</param>
public sealed record Prediction(string Input, string? Scored, float? Probability, string? Refusal);
