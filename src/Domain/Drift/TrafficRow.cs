namespace Lifecycle.Domain.Drift;

/// <summary>One request of the prediction log, as far as two Champions are compared by it.</summary>
/// <param name="Input">What was asked, as the log holds it: the same inputs are the same text.</param>
/// <param name="IsRefused">Whether the model that answered refused it.</param>
/// <param name="LatencyMicroseconds">Time that the answer took; null where it was not measured.</param>
/// <param name="Label">What turned out to be true, as the target numbers it; null while it is not known.</param>
public sealed record TrafficRow(string Input, bool IsRefused, float? LatencyMicroseconds, double? Label);
