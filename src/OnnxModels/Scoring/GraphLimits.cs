namespace Lifecycle.OnnxModels.Scoring;

/// <summary>Bounds that a model keeps, checked on its bytes before any of it is loaded.</summary>
internal sealed record GraphLimits
{
    /// <summary>Bounds of the product's own models, with room to grow.</summary>
    public static GraphLimits Default { get; } = new();

    /// <summary>Size of the file.</summary>
    public int MaximumModelBytes { get; init; } = 64 << 20;

    /// <summary>Size of one constant tensor, in elements, as its dimensions declare it.</summary>
    public long MaximumTensorElements { get; init; } = 4 << 20;

    /// <summary>Depth of graphs inside attributes of nodes (If, Loop, Scan); the main graph is depth 0.</summary>
    public int MaximumSubgraphDepth { get; init; } = 2;
}
