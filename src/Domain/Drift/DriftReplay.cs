using System.Collections.Immutable;
using static System.FormattableString;

namespace Lifecycle.Domain.Drift;

/// <summary>What another policy would have decided where a decision was made.</summary>
/// <param name="Decision">The decision that was made.</param>
/// <param name="Other">What the other policy would have found.</param>
/// <param name="Difference">Why the verdicts differ, a sentence; null when they are the same.</param>
public sealed record ReplayedDecision(DriftDecision Decision, DriftFinding Other, string? Difference);

/// <summary>
/// Decides a recorded history again under another policy, from what was recorded alone. Pure. Under the policy that was in
/// force it finds what was decided.
/// </summary>
/// <remarks>
/// Limits. What was measured stays as it was measured, and levels are judged again from the recorded effects and adjusted
/// p-values: a record holds the strongest 40 figures, so that a weaker one keeps its level, and of a record that does not
/// hold all figures the drift share stays. A figure that had too few values stays Inconclusive. And the runs are those that
/// there were: a RetrainingRun that the other policy alone would have asked for changes its cool-down and budget, but brings
/// no new DriftBaseline.
/// </remarks>
public static class DriftReplay
{
    /// <summary>Largest p-value at which a domain classifier's separation counts.</summary>
    private const double SeparationSignificance = 0.01;

    /// <summary>The history of one model, the first decision first, decided again.</summary>
    /// <remarks>A window that was decided on more than once, under several policies, is taken once, as it was first.</remarks>
    public static ImmutableArray<ReplayedDecision> Under(DriftPolicy policy, IEnumerable<DriftDecision> history)
    {
        DriftState state = DriftState.Initial;
        ImmutableArray<ReplayedDecision>.Builder replayed = ImmutableArray.CreateBuilder<ReplayedDecision>();
        foreach (DriftDecision decision in history.DistinctBy(decision => (decision.WindowId, decision.BaselineId)))
        {
            DriftEvidence evidence = decision.Evidence with { Report = Judge(policy, decision) };
            DriftFinding other = DriftDecisions.Decide(policy, state with { Sequence = decision.Sequence - 1 }, evidence);
            replayed.Add(new ReplayedDecision(decision, other, Difference(decision, other)));
            state = other.After;
        }

        return replayed.ToImmutable();
    }

    private static DriftReport Judge(DriftPolicy policy, DriftDecision decision)
    {
        DriftReport report = decision.Evidence.Report;
        if (JudgesAlike(policy, decision.Policy))
        {
            return report;
        }

        ImmutableArray<FigureDrift> figures = FigureJudgement.Sort(report.Figures.Select(figure => figure with { Level = LevelOf(figure, policy) }));
        DomainSeparation? separation = report.Separation is { } joint ? joint with { Level = LevelOf(joint, policy) } : null;
        return report with
        {
            Figures = figures,
            WarnCount = report.WarnCount + Count(figures, DriftLevel.Warn) - Count(report.Figures, DriftLevel.Warn),
            ActCount = report.ActCount + Count(figures, DriftLevel.Act) - Count(report.Figures, DriftLevel.Act),
            DriftShare = figures.Length == report.FigureCount ? FigureJudgement.DriftShare(figures) : report.DriftShare,
            Separation = separation,
            Level = report.RowCount < policy.MinimumRows
                ? DriftLevel.Inconclusive
                : figures.Select(figure => figure.Level).Append(separation?.Level ?? DriftLevel.None).Max(),
        };
    }

    private static bool JudgesAlike(DriftPolicy policy, DriftPolicy other) =>
        (policy.MinimumRows, policy.FalseDiscoveryRate, policy.SeparationWarnAt, policy.SeparationActAt)
        == (other.MinimumRows, other.FalseDiscoveryRate, other.SeparationWarnAt, other.SeparationActAt);

    private static DriftLevel LevelOf(FigureDrift figure, DriftPolicy policy) =>
        figure.Effects.Select(effect => FigureJudgement.Of(effect, policy))
            .Append(figure.Level == DriftLevel.Inconclusive ? DriftLevel.Inconclusive : DriftLevel.None)
            .Max();

    private static DriftLevel LevelOf(DomainSeparation separation, DriftPolicy policy) => separation switch
    {
        { RowCount: var rows } when rows < policy.MinimumRows => DriftLevel.Inconclusive,
        { PValue: > SeparationSignificance } => DriftLevel.None,
        { AreaUnderCurve: var area } when area >= policy.SeparationActAt => DriftLevel.Act,
        { AreaUnderCurve: var area } when area >= policy.SeparationWarnAt => DriftLevel.Warn,
        _ => DriftLevel.None,
    };

    private static int Count(ImmutableArray<FigureDrift> figures, DriftLevel level) => figures.Count(figure => figure.Level == level);

    private static string? Difference(DriftDecision decision, DriftFinding other) => decision.Verdict == other.Verdict ? null : Invariant(
        $"{decision.Verdict} by {decision.Rule} becomes {other.Verdict} by {other.Rule}: {string.Join(' ', other.Reasons)}");
}
