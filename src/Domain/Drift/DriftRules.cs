using System.Collections.Immutable;
using Lifecycle.Domain.Data;
using static System.FormattableString;

namespace Lifecycle.Domain.Drift;

/// <summary>A rule that asks for a RetrainingRun.</summary>
internal sealed record DriftAsk(DriftRule Rule, string Sentence)
{
    /// <summary>Whether measured, labelled loss is behind it.</summary>
    public bool IsLabelled => IsLabelledRule(Rule);

    /// <summary>Whether <paramref name="rule"/> is one of rule 2.</summary>
    public static bool IsLabelledRule(DriftRule? rule) => rule is DriftRule.LabelledLoss or DriftRule.ProtectedSlice;
}

/// <summary>The five rules. Each looks at the evidence alone; what holds an ask back is <see cref="DriftRestraint"/>'s.</summary>
internal static class DriftRules
{
    /// <summary>Rule 1: the errors among the broken rules of the data contract, as sentences.</summary>
    public static ImmutableArray<string> Breaches(DriftReport report) =>
        [.. report.Breaches.Where(breach => breach.Severity == FindingSeverity.Error)
            .Select(breach => $"The data contract is broken: {breach.Sentence}.")];

    /// <summary>Rules 2 to 5, those that ask, in their order.</summary>
    public static ImmutableArray<DriftAsk> Asks(DriftPolicy policy, DriftState seen, DriftEvidence evidence, WindowReading reading) =>
        [.. new[]
        {
            LabelledLoss(policy, evidence.Report.Losses),
            ProtectedSlice(policy, evidence.Report.Losses),
            EstimatedLoss(policy, seen, reading),
            DriftShare(policy, seen, evidence.Report, reading),
            Age(policy, evidence),
        }.OfType<DriftAsk>()];

    private static DriftAsk? LabelledLoss(DriftPolicy policy, LossEvidence losses) =>
        losses.Labelled is { } loss && WindowReading.IsUsable(loss) && loss.Lower >= policy.LossRise
            ? new DriftAsk(DriftRule.LabelledLoss, Worse("The labelled loss", loss, policy.LossRise))
            : null;

    private static DriftAsk? ProtectedSlice(DriftPolicy policy, LossEvidence losses)
    {
        string[] worse = [.. losses.Slices
            .Where(slice => WindowReading.IsUsable(slice.Value) && slice.Value.Lower >= policy.ProtectedSliceRise)
            .Select(slice => Worse($"On the protected slice '{slice.Key}' the labelled loss", slice.Value, policy.ProtectedSliceRise))];
        return worse is [] ? null : new DriftAsk(DriftRule.ProtectedSlice, string.Join(' ', worse));
    }

    private static DriftAsk? EstimatedLoss(DriftPolicy policy, DriftState seen, WindowReading reading)
    {
        int agreeing = seen.Recent.Count(window => window.EstimatedRise);
        return reading.EstimatedRises is [_, ..] rises && agreeing >= policy.AgreeingWindows
            ? new DriftAsk(DriftRule.EstimatedLoss, Invariant(
                $"In {agreeing} of the last {seen.Recent.Length} windows a loss without labels is worse by {policy.EstimatedRise * 100:0.#}% or more: {string.Join("; ", rises)}."))
            : null;
    }

    private static DriftAsk? DriftShare(DriftPolicy policy, DriftState seen, DriftReport report, WindowReading reading)
    {
        int agreeing = seen.Recent.Count(window => window.DriftShare);
        return reading.DriftShareCounts && agreeing >= policy.AgreeingWindows
            ? new DriftAsk(DriftRule.DriftShare, Invariant(
                $"In {agreeing} of the last {seen.Recent.Length} windows the figures at act hold {policy.DriftShare:0.00} of the importance or more: now {report.DriftShare:0.00}, {report.ActCount} of {report.FigureCount} figures."))
            : null;
    }

    private static DriftAsk? Age(DriftPolicy policy, DriftEvidence evidence) =>
        policy.MaximumAge is { } limit && evidence.Runs.PromotedAt is { } promoted && evidence.Now - promoted >= limit
            ? new DriftAsk(DriftRule.Age, Invariant(
                $"The live model was promoted {(evidence.Now - promoted).TotalDays:0.#} days ago; {limit.TotalDays:0.#} are allowed."))
            : null;

    private static string Worse(string subject, LossChange loss, double limit) => Invariant(
        $"{subject} is {loss.Window:0.0000} against {loss.Baseline:0.0000} on {loss.RowCount} rows: {loss.Change * 100:+0.0;−0.0}%, 95% interval [{loss.Lower * 100:+0.0;−0.0}%, {loss.Upper * 100:+0.0;−0.0}%]. All of it is at or above {limit * 100:+0.#}%.");
}
