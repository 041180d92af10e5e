namespace Lifecycle.Definitions.Rules;

/// <summary>A definition that is well formed but does not fit together.</summary>
/// <param name="Path">Where, such as <c>gate.primarySlice</c>.</param>
/// <param name="Message">What was found, what was expected and what to do.</param>
internal sealed record RuleBreach(string Path, string Message);
