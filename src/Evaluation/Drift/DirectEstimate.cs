using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// What the live model loses in the window by the account of a second model, which learnt the losses of the Holdout's rows (direct
/// loss estimation, NannyML's DLE). A number says nothing of its own error, so no calibration could. Labels of the window take no
/// part: it cannot see concept drift, and it believes what it learnt where the Holdout had no rows.
/// </summary>
/// <remarks>
/// The window's estimate is the Holdout's loss times the ratio of both sides' mean expected losses, so that a bias of the second model
/// cancels. Each bootstrap sample draws both sides; that the second model is an estimate itself is left out.
/// </remarks>
internal static class DirectEstimate
{
    public static LossChange Measure(LossInput input, ExpectedLosses expected, LossReplicates holdout)
    {
        ClusterSums here = Sum(input.Holdout, expected.Holdout);
        ClusterSums there = Sum(input.Window, expected.Window);
        BootstrapTotals drawnHere = ClusterBootstrap.Resample(here, input.BootstrapSamples, input.BootstrapSeed);
        BootstrapTotals drawnThere = ClusterBootstrap.Resample(there, input.BootstrapSamples, input.BootstrapSeed + 1);
        string? inconclusive = LossConditions.EnoughRows(input.Window.RowCount, input.Policy, "window rows")
            ?? LossConditions.EnoughRows(input.Holdout.RowCount, input.Policy, "Holdout rows")
            ?? LossConditions.EnoughClusters(holdout, "Holdout")
            ?? LossConditions.OnSupport(input.Weights);
        return LossConditions.Change(
            holdout.Loss,
            holdout.Loss * MeanOf(there.Total()) / MeanOf(here.Total()),
            Enumerable.Range(0, input.BootstrapSamples).Select(sample => MeanOf(drawnThere.Sample(sample)) / MeanOf(drawnHere.Sample(sample))),
            input.Window.RowCount,
            inconclusive);
    }

    private static ClusterSums Sum(LossRows rows, ImmutableArray<double> expected)
    {
        (ImmutableArray<int> clusters, int count) = ClusterNumbers.Of(rows.Clusters, rows.RowCount);
        ClusterSums sums = new(Math.Max(1, count), 2);
        for (int row = 0; row < rows.RowCount; row++)
        {
            Span<double> columns = sums.Row(clusters[row]);
            columns[0] += rows.WeightOf(row);
            columns[1] += rows.WeightOf(row) * expected[row];
        }

        return sums;
    }

    private static double MeanOf(ReadOnlySpan<double> totals) => totals[1] / totals[0];
}
