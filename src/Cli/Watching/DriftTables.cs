using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Watching;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Publishing.Watching;
using Spectre.Console;
using static System.FormattableString;

namespace Lifecycle.Cli.Watching;

/// <summary>Draws drift decisions for people.</summary>
public static class DriftTables
{
    /// <summary>A decision with its reasons and figures.</summary>
    public static void Decision(IAnsiConsole console, DriftDecision decision)
    {
        DriftReport report = decision.Evidence.Report;
        console.MarkupLineInterpolated($"[bold]{decision.Id}[/]: {decision.Verdict} by {decision.Rule}{AskedBy(decision)}");
        foreach (string reason in decision.Reasons)
        {
            console.Line($"  {Texts.Visible(reason, 1_000)}");
        }

        console.Line(Invariant($"window {decision.WindowId}, {report.RowCount:N0} rows, {report.LabelledCount:N0} labelled; drift level {report.Level}, share {report.DriftShare:0.00}"));
        console.Line($"decided at {Moment(decision.DecidedAt)} against version {report.ChannelVersion}, baseline {Texts.Short(decision.BaselineId)}, policy {Texts.Short(decision.PolicyDigest)}");
        Figures(console, report);
    }

    /// <summary>All decisions, newest first.</summary>
    public static void History(IAnsiConsole console, ImmutableArray<DriftDecision> history, DriftChain? chain)
    {
        Table table = Texts.Table("decision", "window", "verdict", "rule", "rows", "share", "decided at", "reason");
        foreach (DriftDecision decision in history.Reverse())
        {
            table.AddRow(
                new Text(decision.Id), new Text(decision.WindowId), new Text($"{decision.Verdict}"), new Text($"{decision.Rule}"),
                new Text(Invariant($"{decision.Evidence.Report.RowCount:N0}")), new Text(Invariant($"{decision.Evidence.Report.DriftShare:0.00}")),
                new Text(Moment(decision.DecidedAt)), new Text(Texts.Visible(decision.Reasons is [var first, ..] ? first : "")));
        }

        console.Write(table);
        foreach (string defect in chain?.Defects ?? [])
        {
            console.Line($"broken: {defect}");
        }

        if (chain is { Defects: [] })
        {
            console.Line(Invariant($"{chain.Count} decisions, none missing, none altered but perhaps the newest"));
        }
    }

    /// <summary>A decision with all that led there.</summary>
    public static void Explanation(IAnsiConsole console, DriftExplanation explanation)
    {
        DriftDecision decision = explanation.Decision;
        Decision(console, decision);
        Losses(console, decision.Evidence.Report);
        States(console, decision);
        console.Line($"runs: {(decision.Evidence.Runs.InFlight ? "one in flight" : "none in flight")}, live version promoted at {(decision.Evidence.Runs.PromotedAt is { } promoted ? Moment(promoted) : "an unknown time")}");
        console.Line(explanation.Effect);
        console.Line(decision.PreviousDigest is { } digest ? $"after the record with sha256 {digest}" : "the first decision of this model");
    }

    /// <summary>What another policy would have decided.</summary>
    public static void Replay(IAnsiConsole console, DriftReplayed replayed)
    {
        console.Line(Invariant($"{replayed.Differences.Length} of {replayed.Decisions} decisions of {replayed.Model} would have another verdict"));
        if (replayed.Differences is [])
        {
            return;
        }

        Table table = Texts.Table("decision", "window", "was", "would be", "why");
        foreach (DriftDifference difference in replayed.Differences)
        {
            table.AddRow(
                new Text(difference.Id), new Text(difference.WindowId), new Text($"{difference.Verdict} by {difference.Rule}"),
                new Text($"{difference.OtherVerdict} by {difference.OtherRule}"), new Text(Texts.Visible(difference.Why, 300)));
        }

        console.Write(table);
    }

    private static void Figures(IAnsiConsole console, DriftReport report)
    {
        if (report.Figures is [])
        {
            return;
        }

        Table table = Texts.Table("figure", "level", "measure", "effect", "warn at", "act at", "adjusted p");
        foreach (FigureDrift figure in report.Figures)
        {
            foreach ((int index, DriftEffect effect) in figure.Effects.Index())
            {
                table.AddRow(
                    new Text(index == 0 ? Texts.Visible(figure.Name) : ""), new Text(index == 0 ? $"{figure.Level}" : ""), new Text($"{effect.Measure}"),
                    new Text(Number(effect.Value)), new Text(Number(effect.WarnAt)), new Text(Number(effect.ActAt)),
                    new Text(effect.AdjustedPValue.ToString("0.0e+0", CultureInfo.InvariantCulture)));
            }
        }

        console.Write(table);
        if (report.FigureCount > report.Figures.Length)
        {
            console.Line(Invariant($"and {report.FigureCount - report.Figures.Length} weaker figures in the report's document"));
        }
    }

    private static void Losses(IAnsiConsole console, DriftReport report)
    {
        LossEvidence losses = report.Losses;
        Table table = Texts.Table(Loss.TryParse(report.Loss ?? "balancedLogLoss", out Loss? loss, out _) ? loss.Title : "loss", "baseline", "window", "change", "95% interval", "rows", "");
        (string Name, LossChange? Change)[] all = [("labelled", losses.Labelled), ("weighted", losses.Weighted), ("estimated", losses.Estimated),
            .. losses.Slices.Select(slice => ($"labelled, '{slice.Key}'", (LossChange?)slice.Value))];
        foreach ((string name, LossChange? change) in all)
        {
            table.AddRow(change is null
                ? [new Text(name), new Text("not measured")]
                :
                [
                    new Text(Texts.Visible(name)), new Text(Number(change.Baseline)), new Text(Number(change.Window)), new Text(Percent(change.Change)),
                    new Text($"[{Percent(change.Lower)}, {Percent(change.Upper)}]"), new Text(Invariant($"{change.RowCount:N0}")), new Text(Texts.Visible(change.Inconclusive ?? "")),
                ]);
        }

        console.Write(table);
        if (losses.Decomposition is { } parts)
        {
            console.Line($"of the labelled change, {Number(parts.Mix)} comes from other rows (covariate shift) and {Number(parts.Concept)} from other answers (concept drift)");
        }
    }

    private static void States(IAnsiConsole console, DriftDecision decision)
    {
        Table table = Texts.Table("remembered", "before", "after");
        (string Name, Func<DriftState, string> Value)[] rows =
        [
            ("armed", state => state.Armed ? Invariant($"yes, {state.QuietWindows} quiet windows") : "no"),
            ("recent windows", state => string.Join(" ", state.Recent.Select(window => (window.EstimatedRise, window.DriftShare) switch
            {
                (true, true) => "loss+share",
                (true, _) => "loss",
                (_, true) => "share",
                _ => "-",
            }))),
            ("asked last", state => state.AskedAt is { } at ? $"{Moment(at)} by {state.AskedDecision}" : "never"),
            ("refused in a row", state => Invariant($"{state.RefusedCount}, cool-down {state.CoolDown(decision.Policy).TotalDays:0.#} days")),
            ("budget used", state => Invariant($"{state.BudgetUses.Length} of {decision.Policy.Budget}")),
        ];
        foreach ((string name, Func<DriftState, string> value) in rows)
        {
            table.AddRow(new Text(name), new Text(value(decision.Before)), new Text(value(decision.After)));
        }

        console.Write(table);
    }

    private static string AskedBy(DriftDecision decision) =>
        decision.AskedBy is { } rule && rule != decision.Rule ? $", asked by {rule}" : "";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Percent(double share) => Invariant($"{share * 100:+0.0;−0.0;0.0}%");

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
