namespace Lifecycle.Domain.Models;

/// <summary>A definition that is well formed but does not fit together.</summary>
/// <param name="Path">Where, such as <c>gate.primarySlice</c>.</param>
/// <param name="Message">What was found, what was expected and what to do.</param>
public sealed record RuleBreach(string Path, string Message);
