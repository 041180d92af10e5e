using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Slices;

/// <summary>One model's measurements and curves on every slice.</summary>
/// <param name="Metrics">The measurements.</param>
/// <param name="Curves">The curves, of slices with both classes.</param>
internal sealed record ModelMeasurement(ModelMetrics Metrics, ImmutableSortedDictionary<string, SliceCurves> Curves)
{
    public static ModelMeasurement Of(HoldoutSlices holdout, ScoredModel model)
    {
        int[] order = ScoredRows.Order(model.Probabilities);
        ImmutableSortedDictionary<string, SliceMetrics>.Builder metrics = ImmutableSortedDictionary.CreateBuilder<string, SliceMetrics>();
        ImmutableSortedDictionary<string, SliceCurves>.Builder curves = ImmutableSortedDictionary.CreateBuilder<string, SliceCurves>();
        foreach (HoldoutSlice slice in holdout.Slices)
        {
            ScoredRows scored = ScoredRows.Of(holdout, slice, model.Probabilities, order);
            List<TieGroup> groups = TieGroup.Of(scored);
            SliceCurves? curve = CurvesOf(scored, groups, model.AssumedRate);
            metrics.Add(slice.Name, MetricsOf(scored, groups, curve));
            if (curve is not null)
            {
                curves.Add(slice.Name, curve);
            }
        }

        return new ModelMeasurement(new ModelMetrics(model.ModelDigest, metrics.ToImmutable()), curves.ToImmutable());
    }

    private static SliceCurves? CurvesOf(ScoredRows scored, List<TieGroup> groups, double assumedRate) =>
        scored.HasBothClasses
            ? new SliceCurves(Calibration.BinsOf(scored, groups, assumedRate), GainPoint.CurveOf(scored, groups))
            : null;

    private static SliceMetrics MetricsOf(ScoredRows scored, List<TieGroup> groups, SliceCurves? curves)
    {
        (double mean, double balanced) = LogLoss.MeansOf(scored);
        return new SliceMetrics(
            scored.Rows.Length,
            scored.PositiveCount,
            balanced,
            mean,
            curves is null ? null : Ranking.AreaUnderCurve(scored, groups),
            curves is null ? null : Ranking.AveragePrecision(scored, groups),
            curves is null ? null : Calibration.ErrorOf(curves.Calibration));
    }
}
