namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// A file is not an ONNX model that this product scores: not ONNX at all, or with parts that are refused before loading.
/// The message says what was found and what is expected. The same bytes will fail again: never retry.
/// </summary>
public sealed class InvalidOnnxModelException : Exception
{
    internal InvalidOnnxModelException(string message, Exception? inner = null)
        : base("Not a model that can be scored: " + message + ".", inner)
    {
    }
}
