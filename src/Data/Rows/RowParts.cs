namespace Lifecycle.Data.Rows;

/// <summary>What is read of a side of a split beside its inputs and labels; the rest stays empty in the RowSet.</summary>
[Flags]
public enum RowParts
{
    /// <summary>Inputs and labels alone.</summary>
    None = 0,

    /// <summary>The entities.</summary>
    Keys = 1,

    /// <summary>The weights, where the definition names some.</summary>
    Weights = 2,

    /// <summary>The clusters, where the definition names some.</summary>
    Clusters = 4,

    /// <summary>The labels known before, where the definition looks some up.</summary>
    Lookups = 8,

    /// <summary>Membership in the slices.</summary>
    Slices = 16,

    /// <summary>All that a Holdout is judged by.</summary>
    All = Keys | Weights | Clusters | Lookups | Slices,
}
