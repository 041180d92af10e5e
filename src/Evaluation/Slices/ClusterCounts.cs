using System.Collections;
using System.Collections.Immutable;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Slices;

/// <summary>Clusters with a row of each class: what an interval rests on, not the rows.</summary>
internal static class ClusterCounts
{
    /// <summary>Clusters of a slice by class; one number where labels are numbers.</summary>
    public static ImmutableArray<int> Of(HoldoutSlices holdout, HoldoutSlice slice)
    {
        BitArray[] seen = [.. Enumerable.Range(0, Math.Max(1, holdout.Target.ClassNames.Length)).Select(_ => new BitArray(holdout.ClusterCount))];
        int[] counts = new int[seen.Length];
        foreach (int row in slice.Rows)
        {
            int position = holdout.ClassOf(row);
            int cluster = holdout.Clusters[row];
            counts[position] += seen[position][cluster] ? 0 : 1;
            seen[position][cluster] = true;
        }

        return [.. counts];
    }
}
