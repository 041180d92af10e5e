using System.Collections.Immutable;

namespace Lifecycle.Evaluation.Rows;

/// <summary>Clusters as numbers, in order of first appearance, as the bootstrap counts them.</summary>
public static class ClusterNumbers
{
    /// <summary>The number of each row's cluster, and how many there are; without names every row is a cluster of its own.</summary>
    public static (ImmutableArray<int> Clusters, int Count) Of(ImmutableArray<string> names, int rowCount)
    {
        if (names.IsEmpty)
        {
            return ([.. Enumerable.Range(0, rowCount)], rowCount);
        }

        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        ImmutableArray<int>.Builder clusters = ImmutableArray.CreateBuilder<int>(names.Length);
        foreach (string name in names)
        {
            if (!numbers.TryGetValue(name, out int number))
            {
                number = numbers.Count;
                numbers.Add(name, number);
            }

            clusters.Add(number);
        }

        return (clusters.MoveToImmutable(), numbers.Count);
    }
}
