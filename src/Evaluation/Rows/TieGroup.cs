namespace Lifecycle.Evaluation.Rows;

/// <summary>Rows that a model does not tell apart: equal probabilities, taken together.</summary>
/// <param name="Start">Index of the first row.</param>
/// <param name="End">Index behind the last row.</param>
/// <param name="PositiveWeight">Weight of the rows of class 1.</param>
/// <param name="NegativeWeight">Weight of the other rows.</param>
internal readonly record struct TieGroup(int Start, int End, double PositiveWeight, double NegativeWeight)
{
    /// <summary>Weight of all its rows.</summary>
    public double Weight => PositiveWeight + NegativeWeight;

    /// <summary>The groups of a slice, in increasing order of probability.</summary>
    public static List<TieGroup> Of(ScoredRows scored)
    {
        List<TieGroup> groups = [];
        for (int start = 0; start < scored.Rows.Length;)
        {
            TieGroup group = From(scored, start);
            groups.Add(group);
            start = group.End;
        }

        return groups;
    }

    private static TieGroup From(ScoredRows scored, int start)
    {
        int end = start;
        double positive = 0;
        double negative = 0;
        for (; end < scored.Rows.Length && scored.Rows[end].Probability == scored.Rows[start].Probability; end++)
        {
            ScoredRow row = scored.Rows[end];
            positive += row.Label ? row.Weight : 0;
            negative += row.Label ? 0 : row.Weight;
        }

        return new TieGroup(start, end, positive, negative);
    }
}
