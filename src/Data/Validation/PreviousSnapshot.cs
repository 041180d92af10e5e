namespace Lifecycle.Data.Validation;

/// <summary>The DataSnapshot accepted last, which distributions are held against.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="ParquetPath">Its rows.</param>
public sealed record PreviousSnapshot(string Id, string ParquetPath);
