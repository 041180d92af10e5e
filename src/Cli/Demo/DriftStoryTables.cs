using System.Globalization;
using Lifecycle.Cli.Output;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Spectre.Console;

namespace Lifecycle.Cli.Demo;

/// <summary>Draws the drift story's summary for people: the chain of reasons from traffic to live model.</summary>
public static class DriftStoryTables
{
    /// <summary>Draws everything.</summary>
    public static void Draw(IAnsiConsole console, DriftSummary summary)
    {
        DrawDecisions(console, summary);
        DrawChain(console, summary);
        DemoTables.DrawExpectations(console, summary.Expectations);
        console.Line(
            $"{summary.Engine}, {Texts.Duration(summary.Duration)}. The traffic is a replay of real lists, not real traffic. The engineers' and the publisher's keys are DEMO KEYS.");
        console.Line(summary.IsHomeKept
            ? $"home {summary.Home}: look closer after 'lifecycle up --home {summary.Home}' with: lifecycle drift explain {(summary.Decisions is [.., var newest] ? newest.Id : "ID")} --home {summary.Home}"
            : "the home was thrown away; keep decisions and report pages with: lifecycle demo --story drift --home DIR");
    }

    private static void DrawDecisions(IAnsiConsole console, DriftSummary summary)
    {
        Table table = Texts.Table(["", .. summary.Decisions.Select(decision => decision.WindowId)]);
        Row(table, "champion", summary, decision => $"version {decision.Evidence.Report.ChannelVersion}");
        Row(table, "requests", summary, decision => $"{decision.Evidence.Report.RowCount}");
        Row(table, "figures at act / warn / all", summary, decision => $"{decision.Evidence.Report.ActCount} / {decision.Evidence.Report.WarnCount} / {decision.Evidence.Report.FigureCount}");
        Row(table, "strongest", summary, decision => Strongest(decision.Evidence.Report));
        Row(table, "domain classifier AUC", summary, decision => Number(decision.Evidence.Report.Separation?.AreaUnderCurve));
        Row(table, "seen share", summary, decision => Number(decision.Evidence.Report.SeenShare));
        Row(table, "labelled loss", summary, decision => Loss(decision.Evidence.Report.Losses.Labelled));
        Row(table, "level", summary, decision => $"{decision.Evidence.Report.Level}");
        Row(table, "verdict", summary, decision => $"{decision.Verdict} ({decision.Rule})");
        console.Write(table);
    }

    private static void DrawChain(IAnsiConsole console, DriftSummary summary)
    {
        console.Line("chain of reasons:");
        foreach (DriftDecision decision in summary.Decisions)
        {
            console.Line($"  {decision.Id}: {decision.Verdict} by rule {decision.Rule}: {string.Join(" ", decision.Reasons)}");
        }

        foreach (RetrainingState run in summary.Runs.Select(run => run.State))
        {
            string reasons = string.Join("; ", run.Triggers.Select(trigger => $"{trigger.Kind} by {MoveGrounds.Describe(trigger.RequestedBy, run.IsVerified(trigger))}"));
            console.Line(
                $"  run on {run.Snapshot?.Id}: asked for by {reasons}; {run.Blessing?.Verdict} ({run.Blessing?.Reasons.Length} rules), "
                + $"approved by {string.Join(" and ", run.Publication?.ApprovedBy ?? [])} (demo keys), {run.Channel?.Channel} version {run.Channel?.Version}");
        }
    }

    private static string Strongest(DriftReport report) =>
        report.Figures.FirstOrDefault() is { Effects: [var effect, ..] } figure
            ? string.Create(CultureInfo.InvariantCulture, $"{figure.Name}: {effect.Measure} {effect.Value:0.000} (act at {effect.ActAt:0.###})")
            : "";

    private static string Loss(LossChange? change) => change switch
    {
        null => "",
        { Inconclusive: { } why } => why,
        _ => string.Create(CultureInfo.InvariantCulture, $"{change.Baseline:0.000} -> {change.Window:0.000}, {change.Change:+0%;-0%} [{change.Lower:+0%;-0%}, {change.Upper:+0%;-0%}]"),
    };

    private static string Number(double? value) => value is { } found ? string.Create(CultureInfo.InvariantCulture, $"{found:0.000}") : "";

    private static void Row(Table table, string name, DriftSummary summary, Func<DriftDecision, string> cell) =>
        table.AddRow([new Text(name), .. summary.Decisions.Select(decision => new Text(cell(decision)))]);
}
