using System.Collections.Immutable;
using Lifecycle.Evaluation.Curves;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>The cumulative gain curve. Needs both classes.</summary>
internal static class Gain
{
    private const int Steps = 50;

    /// <summary>The curve at 51 even shares; inside a tie it runs straight, since the order there is chance.</summary>
    public static ImmutableArray<GainPoint> CurveOf(ScoredRows scored, IReadOnlyList<TieGroup> groups)
    {
        ImmutableArray<GainPoint>.Builder points = ImmutableArray.CreateBuilder<GainPoint>(Steps + 1);
        int group = groups.Count - 1;
        double taken = 0;
        double found = 0;
        for (int step = 0; step < Steps; step++)
        {
            double wanted = scored.Weight * step / Steps;
            while (taken + groups[group].Weight <= wanted && group > 0)
            {
                taken += groups[group].Weight;
                found += groups[group].PositiveWeight;
                group--;
            }

            double part = (wanted - taken) / groups[group].Weight;
            points.Add(new GainPoint((double)step / Steps, (found + (part * groups[group].PositiveWeight)) / scored.PositiveWeight));
        }

        points.Add(new GainPoint(1, 1));
        return points.MoveToImmutable();
    }
}
