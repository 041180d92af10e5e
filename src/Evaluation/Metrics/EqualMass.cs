namespace Lifecycle.Evaluation.Metrics;

/// <summary>
/// Cuts sorted rows into bins of equal weight: fixed-width bins leave most of a skewed model's bins nearly empty and judge
/// them all the same. Rows that tie stay in one bin, so there may be fewer bins than asked for.
/// </summary>
internal static class EqualMass
{
    /// <summary>Bins that a slice is cut into, at most.</summary>
    public const int Bins = 10;

    /// <summary>The bins as ranges of sorted rows, from groups of rows that tie.</summary>
    /// <param name="groups">Where each group ends, and its weight; in increasing order.</param>
    /// <param name="weight">Weight of all rows.</param>
    public static IEnumerable<Range> Of(IReadOnlyList<(int End, double Weight)> groups, double weight)
    {
        int start = 0;
        double tenth = weight / Bins;
        double passed = 0;
        double boundary = tenth;
        for (int i = 0; i < groups.Count; i++)
        {
            passed += groups[i].Weight;
            if (passed >= boundary || i == groups.Count - 1)
            {
                yield return start..groups[i].End;
                start = groups[i].End;
                boundary = (Math.Floor(passed / tenth) + 1) * tenth;
            }
        }
    }
}
