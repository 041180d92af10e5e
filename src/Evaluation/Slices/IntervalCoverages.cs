using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Statistics.Significance;

namespace Lifecycle.Evaluation.Slices;

/// <summary>Holds intervals against the labels, slice by slice.</summary>
internal static class IntervalCoverages
{
    private const double Tail = 0.025;

    public static IntervalEvidence Of(HoldoutSlices holdout, ScoredIntervals intervals)
    {
        double[] weights = [.. holdout.Weights];
        int[] clusters = [.. holdout.Clusters];
        double[] covered = [.. holdout.Labels.Select((label, row) => Side(intervals, label, row) == 0 ? 1.0 : 0)];
        double[] scratch = new double[holdout.ClusterCount];
        return new IntervalEvidence(
            intervals.Coverage, intervals.CrossedRows,
            holdout.Slices.ToImmutableSortedDictionary(slice => slice.Name, slice => Of(holdout, slice, intervals, ClusterRobustMean.Of(slice.Rows.AsSpan(), covered, weights, clusters, scratch)), StringComparer.Ordinal));
    }

    private static IntervalCoverage Of(HoldoutSlices holdout, HoldoutSlice slice, ScoredIntervals intervals, ClusterRobustMean covered)
    {
        (double below, double above, double width, double weight) = (0, 0, 0, 0);
        foreach (int row in slice.Rows)
        {
            ReadOnlySpan<float> ends = intervals.Bounds.Of(row);
            int side = Side(intervals, holdout.Labels[row], row);
            weight += holdout.Weights[row];
            below += side < 0 ? holdout.Weights[row] : 0;
            above += side > 0 ? holdout.Weights[row] : 0;
            width += holdout.Weights[row] * ((double)ends[1] - ends[0]);
        }

        (double lower, double upper) = ShareInterval.Of(covered.Mean, Observations(covered), Tail);
        return new IntervalCoverage(covered.Mean, lower, upper, below / weight, above / weight, width / weight);
    }

    // As many independent rows as would leave the share as uncertain as its clusters do; where all or none lie within, the clusters.
    private static double Observations(ClusterRobustMean covered) => covered.StandardError is > 0 and < double.PositiveInfinity
        ? covered.Mean * (1 - covered.Mean) / (covered.StandardError * covered.StandardError)
        : covered.Clusters;

    // Labels are compared as the floats that the model answers in.
    private static int Side(ScoredIntervals intervals, double label, int row)
    {
        ReadOnlySpan<float> ends = intervals.Bounds.Of(row);
        return (float)label < ends[0] ? -1 : (float)label > ends[1] ? 1 : 0;
    }
}
