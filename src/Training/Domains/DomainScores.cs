using System.Collections.Immutable;

namespace Lifecycle.Training.Domains;

/// <summary>What the domain classifier makes of a row that it was not trained on.</summary>
/// <param name="Row">Number of the row on its side.</param>
/// <param name="Probability">Probability that it belongs to the window, inside (0, 1), the sides being as large as they took part.</param>
public readonly record struct DomainScore(int Row, double Probability);

/// <summary>Out-of-fold scores of both sides, in the order of their rows.</summary>
/// <param name="Baseline">The baseline rows that took part.</param>
/// <param name="Window">The window rows that took part.</param>
public sealed record DomainScores(ImmutableArray<DomainScore> Baseline, ImmutableArray<DomainScore> Window);
