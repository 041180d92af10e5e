using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>How well a model puts rows of class 1 before the others, whatever its probabilities' scale. Needs both classes.</summary>
internal static class Ranking
{
    /// <summary>
    /// Area under the ROC curve: the chance that a row of class 1 scores above one of class 0, ties counted half
    /// (Mann and Whitney 1947).
    /// </summary>
    public static double AreaUnderCurve(ScoredRows scored, IReadOnlyList<TieGroup> groups)
    {
        double below = 0;
        double area = 0;
        foreach (TieGroup group in groups)
        {
            area += group.PositiveWeight * (below + (group.NegativeWeight / 2));
            below += group.NegativeWeight;
        }

        return area / (scored.PositiveWeight * scored.NegativeWeight);
    }

    /// <summary>
    /// Average precision: precision at each threshold, weighted by the recall it adds, without interpolation. Rows that tie
    /// share one threshold.
    /// </summary>
    public static double AveragePrecision(ScoredRows scored, IReadOnlyList<TieGroup> groups)
    {
        double found = 0;
        double taken = 0;
        double sum = 0;
        for (int i = groups.Count - 1; i >= 0; i--)
        {
            found += groups[i].PositiveWeight;
            taken += groups[i].Weight;
            sum += groups[i].PositiveWeight / scored.PositiveWeight * (found / taken);
        }

        return sum;
    }
}
