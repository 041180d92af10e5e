using System.Globalization;
using Lifecycle.Cli.Output;
using Lifecycle.Domain.Promotions;
using Spectre.Console;

namespace Lifecycle.Cli.Releases;

/// <summary>Writes a watch after promotion for people.</summary>
public static class PromotionWatchText
{
    /// <summary>The whole watch.</summary>
    public static void Draw(IAnsiConsole console, PromotionWatchState state)
    {
        string against = state.Previous is { } previous ? $" against version {previous.Version}" : "";
        console.Line($"version {state.Entry.Version} of {state.Entry.Model} on {state.Entry.Channel}{against}: {state.Outcome?.ToString() ?? "watched"}{(state.Reason.Length > 0 ? $", {state.Reason}" : "")}");
        if (state is { Policy: { } policy, Outcome: null })
        {
            console.Line(string.Create(CultureInfo.InvariantCulture, $"  {state.Looks} looks so far, one every {policy.Interval:c}, until {state.Entry.MovedAt + policy.Duration:u}"));
        }

        if (state.Report is { } report)
        {
            DrawReport(console, report, state.Policy ?? new PromotionWatchPolicy());
        }

        if (state.Outcome == PromotionWatchOutcome.RollbackRequested)
        {
            console.Line($"  see: lifecycle show {state.Entry.Model} --rollback --channel {state.Entry.Channel}");
        }
    }

    private static void DrawReport(IAnsiConsole console, PromotionReport report, PromotionWatchPolicy policy)
    {
        console.Line($"  {report.Verdict} at {report.To:u}: {report.RowCount} rows since the promotion, {report.LabelledCount} labelled");
        if (report.Figures.IsEmpty)
        {
            return;
        }

        Table table = Texts.Table("figure", "before", "now", "effect", "at least", "allowed", "rows");
        foreach (PromotionFigure figure in report.Figures)
        {
            table.AddRow(
                PromotionRules.NameOf(report, figure.Kind), Number(figure.Before), Number(figure.Now), Number(figure.Effect),
                figure.LowerBound > -1e300 ? Number(figure.LowerBound) : "nothing", Number(PromotionRules.BoundOf(figure.Kind, policy)), $"{figure.Rows}");
        }

        console.Write(table);
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
