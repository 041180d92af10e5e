using System.Collections.Immutable;
using Lifecycle.Domain.Training;
using static System.FormattableString;

namespace Lifecycle.Domain.Drift;

/// <summary>
/// What holds an ask for a RetrainingRun back: a run in flight takes its reason instead (each rule's once, free of budget
/// and cool-down); a spent budget; the cool-down. Labelled loss passes the cool-down, unless labelled loss under the same
/// DriftBaseline asked last: a run that knew of it is over, and asking again at once would make the same Challenger.
/// </summary>
internal static class DriftRestraint
{
    /// <summary>The finding on asks, of which there is at least one.</summary>
    public static DriftFinding Judge(DriftPolicy policy, DriftState seen, DriftEvidence evidence, ImmutableArray<DriftAsk> asks)
    {
        if (evidence.Runs.InFlight)
        {
            return Join(seen, asks);
        }

        if (seen.BudgetUses.Length >= policy.Budget)
        {
            return Held(DriftRule.BudgetSpent, seen, asks, Invariant(
                $"Held back: {seen.BudgetUses.Length} retraining runs were asked for in the last {policy.BudgetPeriod.TotalDays:0.#} days, and the budget is {policy.Budget}."));
        }

        bool passesCoolDown = asks[0].IsLabelled && !DriftAsk.IsLabelledRule(seen.AskedBy);
        return seen.AskedAt is { } asked && evidence.Now - asked < seen.CoolDown(policy) && !passesCoolDown
            ? Held(DriftRule.CoolDown, seen, asks, CoolDownSentence(policy, seen, asked))
            : Ask(seen, evidence, asks);
    }

    private static DriftFinding Join(DriftState seen, ImmutableArray<DriftAsk> asks)
    {
        DriftRule[] news = [.. asks.Select(ask => ask.Rule).Except(seen.JoinedRules)];
        return news is []
            ? Held(DriftRule.InFlight, seen, asks, "A retraining run is in flight, and has this reason already.")
            : Found(DriftVerdict.Retrain, DriftRule.InFlight, seen with { JoinedRules = [.. seen.JoinedRules, .. news] },
                [.. asks.OrderByDescending(ask => news.Contains(ask.Rule))], "A retraining run is in flight: the reason joins it.");
    }

    private static DriftFinding Ask(DriftState seen, DriftEvidence evidence, ImmutableArray<DriftAsk> asks)
    {
        DriftState after = seen with
        {
            AskedAt = evidence.Now,
            AskedBy = asks[0].Rule,
            AskedDecision = DriftDecision.IdOf(evidence.Report.Model, seen.Sequence),
            JoinedRules = [.. asks.Select(ask => ask.Rule)],
            BudgetUses = [.. seen.BudgetUses, evidence.Now],
        };
        return Found(DriftVerdict.Retrain, asks[0].Rule, after, asks);
    }

    private static DriftFinding Held(DriftRule rule, DriftState seen, ImmutableArray<DriftAsk> asks, string sentence) =>
        Found(DriftVerdict.Watch, rule, seen, asks, sentence);

    private static DriftFinding Found(
        DriftVerdict verdict, DriftRule rule, DriftState after, ImmutableArray<DriftAsk> asks, params string[] sentences) =>
        new(verdict, rule, asks[0].Rule, [.. asks.Select(ask => ask.Sentence), .. sentences], after);

    private static string CoolDownSentence(DriftPolicy policy, DriftState seen, DateTimeOffset asked)
    {
        TimeSpan coolDown = seen.CoolDown(policy);
        string refused = seen.RefusedCount == 0 ? "" : Invariant($", after {seen.RefusedCount} refused in a row");
        return Invariant(
            $"Held back: a retraining run was asked for at {asked.UtcDateTime:yyyy-MM-dd HH:mm'Z'} by {seen.AskedDecision}, and the cool-down is {coolDown.TotalDays:0.#} days{refused}: until {(asked + coolDown).UtcDateTime:yyyy-MM-dd HH:mm'Z'}.");
    }
}
