namespace Lifecycle.OnnxModels.Explanations;

/// <summary>A sound model whose answers cannot be explained: by its kind, or for want of what the explanation needs. The same will fail again.</summary>
/// <param name="message">Why, and what to do.</param>
public sealed class UnexplainableModelException(string message) : Exception(message);
