using System.Collections.Immutable;
using System.Globalization;
using static System.FormattableString;

namespace Lifecycle.Domain.Drift;

/// <summary>
/// Decides what follows from a DriftReport. Pure: the same policy, state and evidence give the same finding. In this order:
/// <list type="number">
/// <item>a broken data contract blocks;</item>
/// <item>labelled loss that is worse for certain,</item>
/// <item>estimated loss that is worse in enough recent windows,</item>
/// <item>enough drifted figures in enough recent windows, and</item>
/// <item>the live model's age each ask for a RetrainingRun, which single flight, budget and cool-down may hold back;</item>
/// </list>
/// failing all, drift arms the watch, and only enough quiet windows disarm it. A window that does not tell changes nothing.
/// </summary>
public static class DriftDecisions
{
    private const int NamedFigures = 3;

    /// <summary>The verdict, the rule that gave it, its reasons, and what is remembered from now on.</summary>
    /// <param name="policy">When what was measured leads to what.</param>
    /// <param name="before">What the decision before left; <see cref="DriftState.Initial"/> for the first.</param>
    /// <param name="evidence">What was measured, and what is known of the model's runs.</param>
    public static DriftFinding Decide(DriftPolicy policy, DriftState before, DriftEvidence evidence)
    {
        DriftReport report = evidence.Report;
        DriftState known = DriftMemory.TakeUp(policy, before, evidence);
        if (DriftRules.Breaches(report) is { Length: > 0 } breaches)
        {
            return new DriftFinding(DriftVerdict.Block, DriftRule.ContractBroken, null, breaches, known);
        }

        WindowReading reading = WindowReading.Of(policy, report);
        DriftState seen = DriftMemory.Remember(policy, known, reading);
        ImmutableArray<DriftAsk> asks = DriftRules.Asks(policy, seen, evidence, reading);
        DriftFinding finding = asks.IsEmpty
            ? WithoutAsk(policy, known, seen, report, reading)
            : DriftRestraint.Judge(policy, seen, evidence, asks);
        string[] harmless = reading.Harmless is { } sentence ? [sentence] : [];
        return finding with { Reasons = [.. finding.Reasons, .. harmless, .. reading.Doubts] };
    }

    private static DriftFinding WithoutAsk(
        DriftPolicy policy, DriftState known, DriftState seen, DriftReport report, WindowReading reading)
    {
        if (!reading.Tells)
        {
            return new DriftFinding(DriftVerdict.Inconclusive, DriftRule.Inconclusive, null,
                ["The window does not tell; nothing is remembered of it."], seen);
        }

        string figures = FiguresOf(report);
        return (seen.Armed, known.Armed, report.Level) switch
        {
            (true, _, DriftLevel.Act) => new(DriftVerdict.Watch, DriftRule.DriftWithoutLoss, null, [
                Invariant($"{figures} That is a share of {report.DriftShare:0.00}; no loss is known to be worse.")], seen),
            (true, _, _) => new(DriftVerdict.Watch, DriftRule.DriftWithoutLoss, null, [
                Invariant($"{figures} The watch is armed until {policy.DisarmingWindows} windows in a row are below warn; now {seen.QuietWindows} are.")], seen),
            (_, _, DriftLevel.Warn) => new(DriftVerdict.None, DriftRule.BelowAct, null, [
                Invariant($"{figures} The watch is armed at act, not at warn.")], seen),
            (_, true, _) => new(DriftVerdict.None, DriftRule.Quiet, null, [
                Invariant($"{figures} {policy.DisarmingWindows} windows in a row were below warn: the watch is disarmed.")], seen),
            _ => new(DriftVerdict.None, DriftRule.Quiet, null, [figures], seen),
        };
    }

    private static string FiguresOf(DriftReport report)
    {
        string counts = Invariant($"Of {report.FigureCount} figures {report.ActCount} are at act and {report.WarnCount} at warn");
        string[] strongest = [.. report.Figures.Where(figure => figure.Level >= DriftLevel.Warn).Take(NamedFigures).Select(Describe)];
        string separation = report.Separation is { Level: >= DriftLevel.Warn } joint
            ? Invariant($" A classifier tells the window from the baseline: area under curve {joint.AreaUnderCurve:0.000}, p {joint.PValue:0.####}.")
            : "";
        return strongest is [] ? $"{counts}.{separation}" : $"{counts}: {string.Join("; ", strongest)}.{separation}";
    }

    private static string Describe(FigureDrift figure) => figure.Effects is [var effect, ..]
        ? string.Create(CultureInfo.InvariantCulture,
            $"{figure.Name} {effect.Measure} {effect.Value:0.###} (warn {effect.WarnAt:0.###}, act {effect.ActAt:0.###}, adjusted p {effect.AdjustedPValue:0.0e+0})")
        : $"{figure.Name} {figure.Level}";
}
