using Lifecycle.Domain.Rows;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// The parts of the TrainingSet that encode one another: a training row's label must not be in its own features, nor that of another row
/// of its cluster, which is as good as its own. A cluster's fold is a hash of the first of its keys by ordinal, so that neither the order of
/// rows nor the numbers of clusters matter; a row without a cluster is one of its own.
/// </summary>
internal static class TrainingFolds
{
    /// <summary>Number of folds.</summary>
    public const int Count = 5;

    private const ulong Offset = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    /// <summary>The folds of rows.</summary>
    /// <exception cref="ArgumentException">The rows have no keys.</exception>
    public static int[] Of(RowSet rows)
    {
        if (rows.Keys.Length != rows.Count)
        {
            throw new ArgumentException($"Target encodings need the rows' keys, by which they are folded; found {rows.Keys.Length} keys of {rows.Count} rows.", nameof(rows));
        }

        if (rows.Clusters.IsEmpty)
        {
            return [.. rows.Keys.Select(Of)];
        }

        Dictionary<int, string> names = [];
        foreach ((int row, int cluster) in rows.Clusters.Index())
        {
            names[cluster] = names.TryGetValue(cluster, out string? name) && string.CompareOrdinal(name, rows.Keys[row]) < 0 ? name : rows.Keys[row];
        }

        Dictionary<int, int> folds = names.ToDictionary(name => name.Key, name => Of(name.Value));
        return [.. rows.Clusters.Select(cluster => folds[cluster])];
    }

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
