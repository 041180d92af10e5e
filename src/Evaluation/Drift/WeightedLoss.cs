using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// What the live model would lose in the window if only the rows had changed and not the answers to like rows (covariate shift,
/// Shimodaira 2000): the loss of Holdout rows, weighted to look like the window. Labels of the window take no part, so it cannot
/// see concept drift. The interval leaves out that the weights are estimates themselves.
/// </summary>
internal static class WeightedLoss
{
    private const int Plain = 0;
    private const int Weighted = 1;

    public static LossChange Measure(LossInput input, ImportanceWeights weights)
    {
        LossRows rows = input.Holdout;
        (ImmutableArray<int> clusters, int count) = ClusterNumbers.Of(rows.Clusters, rows.RowCount);
        LossSums sums = new(count, groups: 2, input.StratumCount);
        double[] lost = input.LossesOf(rows);
        foreach ((int row, double weight) in weights.Rows)
        {
            int stratum = input.StratumOf(rows.Labels[row]);
            sums.Add(clusters[row], Plain, stratum, rows.WeightOf(row), lost[row]);
            sums.Add(clusters[row], Weighted, stratum, rows.WeightOf(row) * weight, lost[row]);
        }

        ImmutableArray<LossReplicates> losses = sums.Resample(input.BootstrapSamples, input.BootstrapSeed);
        string? inconclusive = LossConditions.EnoughRows(weights.Rows.Length, input.Policy, "weighted Holdout rows")
            ?? LossConditions.EnoughRows(input.Window.RowCount, input.Policy, "window rows")
            ?? LossConditions.EnoughClusters(losses[Plain], "Holdout")
            ?? weights.Inconclusive;
        return LossConditions.Change(
            losses[Plain].Loss,
            losses[Weighted].Loss,
            losses[Weighted].Samples.Zip(losses[Plain].Samples, (there, here) => there / here),
            weights.Rows.Length,
            inconclusive);
    }
}
