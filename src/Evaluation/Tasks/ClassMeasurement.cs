using System.Collections.Immutable;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Tasks;

/// <summary>One class against the rest, on a slice that has rows of both.</summary>
internal sealed record ClassMeasurement(double AreaUnderCurve, ObservedCalibration Calibration)
{
    /// <summary>Every class that can be measured.</summary>
    public static ImmutableArray<ClassMeasurement> Of(SliceAnswers answers)
    {
        double[][] corrected = PriorCorrection.Of(answers);
        return
        [
            .. answers.Target.ClassNames.Index()
                .Select(named => (named.Item, Rows: ScoredRows.Of(answers, named.Index, corrected[named.Index])))
                .Where(found => found.Rows.HasBothClasses)
                .Select(found => Of(found.Item, found.Rows)),
        ];
    }

    private static ClassMeasurement Of(string name, ScoredRows rows)
    {
        List<TieGroup> groups = TieGroup.Of(rows);
        return new(Ranking.AreaUnderCurve(rows, groups), Metrics.Calibration.Of(rows, groups, name));
    }
}
