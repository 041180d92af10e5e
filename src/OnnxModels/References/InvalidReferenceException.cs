namespace Lifecycle.OnnxModels.References;

/// <summary>A ReferenceModel that cannot be compiled; the message says what is wrong with it. The same definition will fail again.</summary>
public sealed class InvalidReferenceException(string message) : Exception($"Not a sound reference model: {message}.");
