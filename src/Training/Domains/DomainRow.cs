namespace Lifecycle.Training.Domains;

/// <summary>One row of the baseline or of a window, as the domain classifier sees it.</summary>
/// <param name="Key">
/// What the row is about. Rows of one key, on whichever side, are sampled alike and fall in the same fold, so that the
/// classifier is never asked about a key that it has seen.
/// </param>
/// <param name="Figures">Its figures; the same number for every row. NaN stands for a missing value.</param>
public readonly record struct DomainRow(string Key, ReadOnlyMemory<float> Figures);
