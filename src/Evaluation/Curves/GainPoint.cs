namespace Lifecycle.Evaluation.Curves;

/// <summary>A point of the cumulative gain curve.</summary>
/// <param name="Taken">Share of rows taken, highest probabilities first.</param>
/// <param name="Found">Share of class 1 among all of class 1 that these rows hold.</param>
public readonly record struct GainPoint(double Taken, double Found);
