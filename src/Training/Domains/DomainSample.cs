using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.Domains;

/// <summary>A row that takes part.</summary>
/// <param name="Row">Its number on its side.</param>
/// <param name="IsWindow">Its side.</param>
/// <param name="Fold">Its fold.</param>
internal readonly record struct DomainMember(int Row, bool IsWindow, int Fold);

/// <summary>
/// The rows that take part, baseline first, each side in its order. Sample and fold come from the SHA-256 of the key alone,
/// so that they are the same everywhere and the same for both sides.
/// </summary>
/// <param name="Members">The rows.</param>
internal sealed record DomainSample(ImmutableArray<DomainMember> Members)
{
    public static DomainSample Of(IReadOnlyList<string> baseline, IReadOnlyList<string> window, DomainClassifierOptions options)
    {
        if (baseline.Count < DomainClassifier.MinimumRows || window.Count < DomainClassifier.MinimumRows)
        {
            throw new UntrainableException(
                $"the domain classifier has {baseline.Count} baseline rows and {window.Count} window rows; expected at least {DomainClassifier.MinimumRows} of either");
        }

        return new DomainSample(
        [
            .. Taken(baseline, options).Select(taken => new DomainMember(taken.Row, IsWindow: false, taken.Fold)),
            .. Taken(window, options).Select(taken => new DomainMember(taken.Row, IsWindow: true, taken.Fold)),
        ]);
    }

    /// <summary>The rows of a side that take part, with their folds: all, or those whose keys have the lowest hashes.</summary>
    public static IEnumerable<(int Row, int Fold)> Taken(IReadOnlyList<string> keys, DomainClassifierOptions options)
    {
        ulong[] hashes = [.. keys.Select(Hash)];
        int[] rows = [.. Enumerable.Range(0, keys.Count)];
        IEnumerable<int> taken = keys.Count <= options.MaximumRows
            ? rows
            : rows.OrderBy(row => hashes[row]).ThenBy(row => row).Take(options.MaximumRows).Order();
        return taken.Select(row => (row, FoldOf(hashes[row], options)));
    }

    /// <summary>The fold of a key.</summary>
    public static int FoldOf(string key, DomainClassifierOptions options) => FoldOf(Hash(key), options);

    private static int FoldOf(ulong hash, DomainClassifierOptions options) => (int)(hash % (ulong)options.Folds);

    private static ulong Hash(string key)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
