namespace Lifecycle.OnnxModels.Scoring;

/// <summary>How ONNX Runtime is used.</summary>
public sealed record ScorerOptions
{
    /// <summary>
    /// Threads of one call. Default 1: single rows gain nothing from more, and servers call from many threads. With more,
    /// large batches add up the trees in another order, and probabilities move in their last bits (near 1e-7).
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Rows handed over at a time; the dense feature vectors of these are in memory at once. Default 1,024. Does not change
    /// a probability.
    /// </summary>
    public int BatchRows { get; init; } = 1024;
}
