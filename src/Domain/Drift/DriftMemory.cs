using System.Collections.Immutable;
using Lifecycle.Domain.Runs;

namespace Lifecycle.Domain.Drift;

/// <summary>How a <see cref="DriftState"/> goes on, apart from what an ask adds to it.</summary>
internal static class DriftMemory
{
    /// <summary>
    /// What is known before the window is looked at: the next sequence, a run's end counted once, a new DriftBaseline begun
    /// anew, and what has left the budget's period dropped.
    /// </summary>
    public static DriftState TakeUp(DriftPolicy policy, DriftState before, DriftEvidence evidence)
    {
        DriftState known = before with
        {
            Sequence = before.Sequence + 1,
            JoinedRules = evidence.Runs.InFlight ? before.JoinedRules : [],
            BudgetUses = [.. before.BudgetUses.Where(use => evidence.Now - use < policy.BudgetPeriod)],
        };
        known = CountRefusal(known, evidence.Runs.Ended);
        return known.BaselineId == evidence.Report.BaselineId ? known : known with
        {
            BaselineId = evidence.Report.BaselineId,
            Armed = false,
            QuietWindows = 0,
            Recent = [],
            AskedBy = null,
            RefusedCount = 0,
        };
    }

    /// <summary>What is known with the window; unchanged by one that does not tell.</summary>
    public static DriftState Remember(DriftPolicy policy, DriftState known, WindowReading reading)
    {
        if (!reading.Tells)
        {
            return known;
        }

        bool rises = reading.EstimatedRises is not [];
        bool acts = reading.Level == DriftLevel.Act || rises;
        bool isQuiet = reading.Level == DriftLevel.None && !rises;
        int quiet = known.Armed && isQuiet ? known.QuietWindows + 1 : 0;
        bool armed = acts || (known.Armed && quiet < policy.DisarmingWindows);
        ImmutableArray<RecentWindow> recent = [.. known.Recent, new RecentWindow(reading.WindowId, rises, reading.DriftShareCounts)];
        return known with
        {
            Armed = armed,
            QuietWindows = armed ? quiet : 0,
            Recent = [.. recent.TakeLast(policy.RecentWindows)],
        };
    }

    private static DriftState CountRefusal(DriftState state, EndedRun? ended)
    {
        bool isNews = ended is not null && state.AskedDecision is { } asked && asked != state.CountedDecision && ended.TriggerIds.Contains(asked);
        return !isNews ? state : state with
        {
            CountedDecision = state.AskedDecision,
            RefusedCount = ended! switch
            {
                { ChallengerRefused: true } => state.RefusedCount + 1,
                { Outcome: RetrainingOutcome.Promoted } => 0,
                _ => state.RefusedCount,
            },
        };
    }
}
