namespace Lifecycle.OnnxModels.Scoring;

/// <summary>How ONNX Runtime is used. Neither setting changes a probability.</summary>
public sealed record ScorerOptions
{
    /// <summary>Threads of one call. Default 1: single rows gain nothing from more, and servers call from many threads.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Rows handed over at a time; the dense feature vectors of these are in memory at once. Default 1,024.</summary>
    public int BatchRows { get; init; } = 1024;
}
