using System.Collections.Immutable;
using Lifecycle.Domain.Drift;

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
        (int covariate, int concept, int broken) =
            (scenario.WindowOf(scenario.CovariateFrom), scenario.WindowOf(scenario.ConceptEvidenceFrom), scenario.WindowOf(scenario.BrokenDay));
        int covariateEnds = scenario.WindowOf(scenario.CovariateTo - 1) + 1;
        int[] retrains = Windows(findings, DriftVerdict.Retrain);
        int[] watches = Windows(findings, DriftVerdict.Watch);
        int[] blocks = Windows(findings, DriftVerdict.Block);
        int watched = watches.FirstOrDefault(window => window >= covariate && window < covariateEnds, -1);
        int asked = retrains.FirstOrDefault(window => window >= concept && findings[window].AskedBy == DriftRule.LabelledLoss, -1);
        int tail = findings.Skip(covariateEnds).TakeWhile(finding => finding.Verdict == DriftVerdict.Watch).Count();
        int asksEnd = year.PromotedDays.Select(scenario.WindowOf).FirstOrDefault(window => window > asked, scenario.Windows);
        return new YearJudgement(
            watched < 0 ? null : watched - covariate + 1,
            asked < 0 ? null : asked - concept + 1,
            retrains.Count(window => window != asked),
            blocks.Count(window => window == broken),
            blocks.Count(window => window != broken),
            tail,
            watches.Count(window => !(window >= covariate && window < covariateEnds + tail)
                && !(asked >= 0 && window >= concept && window < asksEnd)));
    }

    private static int[] Windows(ImmutableArray<DriftFinding> findings, DriftVerdict verdict) =>
        [.. findings.Index().Where(finding => finding.Item.Verdict == verdict).Select(finding => finding.Index)];
}
