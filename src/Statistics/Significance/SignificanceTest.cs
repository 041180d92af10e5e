namespace Lifecycle.Statistics.Significance;

/// <summary>Result of a significance test.</summary>
/// <param name="Statistic">The test statistic.</param>
/// <param name="PValue">Chance of a statistic at least as extreme if nothing had changed.</param>
public readonly record struct SignificanceTest(double Statistic, double PValue);
