using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Curves;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Evaluation.Tasks;

namespace Lifecycle.Evaluation.Slices;

/// <summary>One model's measurements and curves on every slice.</summary>
/// <param name="Metrics">The measurements.</param>
/// <param name="Curves">The curves, of slices that allow any.</param>
/// <param name="Calibration">Evidence for the gate, by slice.</param>
/// <param name="Losses">The deciding loss of each row.</param>
internal sealed record ModelMeasurement(
    ModelMetrics Metrics,
    ImmutableSortedDictionary<string, SliceCurves> Curves,
    ImmutableDictionary<string, ImmutableArray<CalibrationEvidence>> Calibration,
    double[] Losses)
{
    public static ModelMeasurement Of(HoldoutSlices holdout, ScoredModel model)
    {
        TaskRules rules = TaskRules.Of(holdout.Target);
        double[] losses = holdout.Loss.Of(model.Answers, holdout.Labels.AsSpan());
        (HoldoutSlice Slice, TaskMeasurement Found)[] found =
            [.. holdout.Slices.AsParallel().AsOrdered().Select(slice => (slice, rules.Measure(new SliceAnswers(holdout, slice, model))))];
        return new ModelMeasurement(
            new ModelMetrics(model.ModelDigest, found.ToImmutableSortedDictionary(slice => slice.Slice.Name, slice => MetricsOf(holdout, slice.Slice, losses, slice.Found))),
            found.Where(slice => slice.Found.Curves is not null).ToImmutableSortedDictionary(slice => slice.Slice.Name, slice => slice.Found.Curves!),
            found.ToImmutableDictionary(slice => slice.Slice.Name, slice => slice.Found.Calibration),
            losses);
    }

    private static SliceMetrics MetricsOf(HoldoutSlices holdout, HoldoutSlice slice, double[] losses, TaskMeasurement found) => new()
    {
        RowCount = slice.Rows.Length,
        ClassRows = [.. holdout.Target.ClassNames.Select((_, position) => slice.Rows.LongCount(row => holdout.ClassOf(row) == position))],
        Loss = LossOf(holdout, slice, losses),
        Figures = found.Figures,
    };

    private static double LossOf(HoldoutSlices holdout, HoldoutSlice slice, double[] losses)
    {
        double[] sums = new double[holdout.StratumCount];
        double[] weights = new double[holdout.StratumCount];
        foreach (int row in slice.Rows)
        {
            int stratum = holdout.StratumOf(row);
            sums[stratum] += holdout.Weights[row] * losses[row];
            weights[stratum] += holdout.Weights[row];
        }

        return StrataMean.Of(sums, weights);
    }
}
