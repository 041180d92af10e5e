using System.Collections.Immutable;
using Lifecycle.Domain.Watch;

namespace Lifecycle.DriftYear;

/// <summary>How the decisions of a year compare with what was planted in it.</summary>
/// <param name="CovariateDelay">Windows from the first shifted one to the first Watch in it, both counted: 1 is at once; null if none came.</param>
/// <param name="ConceptDelay">Windows from the first with labels of the other concept to the Retrain, both counted; null if none came.</param>
/// <param name="FalseRetrains">Retrains but the first for the other concept.</param>
/// <param name="Blocks">Blocks on the broken day.</param>
/// <param name="FalseBlocks">Blocks on any other.</param>
/// <param name="WatchTail">Windows on Watch after the covariate shift was over, before the first that was not.</param>
/// <param name="FalseWatches">Windows on Watch that nothing planted explains.</param>
public sealed record YearJudgement(
    int? CovariateDelay, int? ConceptDelay, int FalseRetrains, int Blocks, int FalseBlocks, int WatchTail, int FalseWatches)
{
    private const int DetectedWithin = 3;

    /// <summary>Whether exactly the right things were decided, each in time.</summary>
    public bool IsRight => CovariateDelay <= DetectedWithin && ConceptDelay <= DetectedWithin && FalseRetrains == 0 && Blocks == 1 && FalseBlocks == 0;

    /// <summary>Judges a year.</summary>
    public static YearJudgement Of(Scenario scenario, Year year)
    {
        ImmutableArray<DriftFinding> findings = year.Findings;
        int[] retrains = Days(findings, DriftVerdict.Retrain);
        int[] watches = Days(findings, DriftVerdict.Watch);
        int[] blocks = Days(findings, DriftVerdict.Block);
        int watched = watches.FirstOrDefault(day => day >= scenario.CovariateFrom && day < scenario.CovariateTo, -1);
        int asked = retrains.FirstOrDefault(day => day >= scenario.ConceptEvidenceFrom && findings[day].AskedBy == DriftRule.LabelledLoss, -1);
        int tail = findings.Skip(scenario.CovariateTo).TakeWhile(finding => finding.Verdict == DriftVerdict.Watch).Count();
        int asksEnd = year.PromotedDays.FirstOrDefault(day => day > asked, scenario.Days);
        return new YearJudgement(
            watched < 0 ? null : watched - scenario.CovariateFrom + 1,
            asked < 0 ? null : asked - scenario.ConceptEvidenceFrom + 1,
            retrains.Count(day => day != asked),
            blocks.Count(day => day == scenario.BrokenDay),
            blocks.Count(day => day != scenario.BrokenDay),
            tail,
            watches.Count(day => !(day >= scenario.CovariateFrom && day < scenario.CovariateTo + tail)
                && !(asked >= 0 && day >= scenario.ConceptEvidenceFrom && day < asksEnd)));
    }

    private static int[] Days(ImmutableArray<DriftFinding> findings, DriftVerdict verdict) =>
        [.. findings.Index().Where(finding => finding.Item.Verdict == verdict).Select(finding => finding.Index)];
}
