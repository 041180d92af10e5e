using Lifecycle.Domain.Rows;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// The parts of the TrainingSet that encode one another: a training row's label must not be in its own features. A row's fold is a hash of
/// its key, so that it stays the same whatever other rows there are.
/// </summary>
internal static class TrainingFolds
{
    /// <summary>Number of folds.</summary>
    public const int Count = 5;

    private const ulong Offset = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    /// <summary>The folds of rows.</summary>
    /// <exception cref="ArgumentException">The rows have no keys.</exception>
    public static int[] Of(RowSet rows) => rows.Keys.Length == rows.Count
        ? [.. rows.Keys.Select(Of)]
        : throw new ArgumentException($"Target encodings need the rows' keys, by which they are folded; found {rows.Keys.Length} keys of {rows.Count} rows.", nameof(rows));

    /// <summary>
    /// The fold of a key: FNV-1a of its UTF-16 code units, mixed once more since FNV's low bits are weak. It is not the hash that sets the
    /// Holdout apart, which has left some of its remainders to the Holdout.
    /// </summary>
    public static int Of(string key)
    {
        ulong hash = Offset;
        foreach (char character in key)
        {
            hash = (hash ^ character) * Prime;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        return (int)((hash ^ (hash >> 33)) % Count);
    }
}
