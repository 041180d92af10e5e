using Lifecycle.Cli.Output;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Runs;
using Lifecycle.Serving.Models;
using Spectre.Console;

namespace Lifecycle.Cli.Demo;

/// <summary>Draws the demo's summary for people.</summary>
public static class DemoTables
{
    /// <summary>Draws everything.</summary>
    public static void Draw(IAnsiConsole console, DemoSummary summary)
    {
        DrawRuns(console, summary);
        if (summary.Predictions is not [])
        {
            DrawPredictions(console, summary);
        }

        DrawExpectations(console, summary.Expectations);
        console.Line(
            $"{summary.Engine}, {Texts.Duration(summary.Duration)}. The engineers' and the publisher's keys are DEMO KEYS: made just now, they prove nothing to anyone else.");
        console.Line(summary.IsHomeKept
            ? $"home {summary.Home}: publications/, reports/ and keys/ lie there as plain files"
            : "the home was thrown away; keep publications, report pages and keys with: lifecycle demo --home DIR");
    }

    private static void DrawRuns(IAnsiConsole console, DemoSummary summary)
    {
        Table table = Texts.Table(["", .. summary.Runs.Select(run => $"{run.State.Model} {run.State.Snapshot?.Id}")]);
        Row(table, "verdict", summary, run => $"{run.State.Outcome}");
        Row(table, "rows", summary, run => $"{run.State.Snapshot?.RowCount}");
        Row(table, "snapshot digest", summary, run => Texts.Short(run.State.Snapshot?.Digest ?? ""));
        Row(table, "model.onnx digest", summary, run => Texts.Short(run.State.Export?.Model.Sha256 ?? ""));
        Row(table, "release digest", summary, run => Texts.Short(run.State.Release?.Digest ?? ""));
        Row(table, "deciding slice", summary, run => run.State.Evaluation is null ? "" : run.State.PrimarySlice);
        Row(table, "deciding loss", summary, run => Metric(run, metrics => metrics.Loss));
        foreach (Figure figure in summary.Runs.Select(run => run.State.Evaluation?.Figures.FirstOrDefault(figure => figure.Better == FigureDirection.Higher)).OfType<Figure>().Distinct())
        {
            Row(table, figure.Title, summary, run => Metric(run, metrics => metrics.Find(figure.Name)));
        }

        Row(table, "against champion", summary, run => Against(run, "champion"));
        Row(table, "against reference", summary, run => Against(run, "reference"));
        Row(table, "blessing", summary, run => $"{run.State.Blessing?.Verdict}");
        Row(table, "approved by", summary, run => run.ApprovedBy);
        Row(table, "channel", summary, run => run.State.Channel is { } live ? $"{live.Channel} version {live.Version}" : "");
        Row(table, "duration", summary, run => Texts.Duration(run.Duration));
        foreach (RetrainingStage stage in Enum.GetValues<RetrainingStage>())
        {
            Row(table, $"  {stage}", summary, run => Duration(run, stage));
        }

        console.Write(table);
        foreach (DemoRun run in summary.Runs.Where(run => run.ReportPage is not null && summary.IsHomeKept))
        {
            console.Line($"report page of {run.State.Snapshot?.Id}: {run.ReportPage}");
        }
    }

    private static void Row(Table table, string name, DemoSummary summary, Func<DemoRun, string> cell) =>
        table.AddRow([new Text(name), .. summary.Runs.Select(run => new Text(cell(run)))]);

    private static string Duration(DemoRun run, RetrainingStage stage)
    {
        StageProgress progress = run.State.Stages[(int)stage];
        return Texts.Duration(progress.FinishedAt - progress.StartedAt);
    }

    private static string Metric(DemoRun run, Func<SliceMetrics, double?> metric) =>
        run.State.Evaluation?.Challenger.Slices.TryGetValue(run.State.PrimarySlice, out SliceMetrics? metrics) == true
            ? $"{metric(metrics):0.000}"
            : "";

    private static string Against(DemoRun run, string other) => run.State.Evaluation?.Comparisons
        .FirstOrDefault(comparison => comparison.Against == other && comparison.Slice == run.State.PrimarySlice) is { } found
            ? $"{found.Difference:+0.000;-0.000} [{found.Lower:+0.000;-0.000}, {found.Upper:+0.000;-0.000}]"
            : "";

    private static void DrawPredictions(IAnsiConsole console, DemoSummary summary)
    {
        Table table = Texts.Table("value", "probability of 1");
        foreach (AnsweredRow prediction in summary.Predictions)
        {
            table.AddRow(new Text(prediction.Input), new Text(prediction.Refusal ?? $"{prediction.Probability:0.000}"));
        }

        console.Write(table);
    }

    /// <summary>Draws what was promised, and whether it held.</summary>
    public static void DrawExpectations(IAnsiConsole console, IReadOnlyList<Expectation> expectations)
    {
        Table table = Texts.Table("promise", "", "seen");
        foreach (Expectation expectation in expectations)
        {
            table.AddRow(new Text(expectation.Promise), new Text(expectation.Held ? "held" : "BROKEN"), new Text(expectation.Evidence));
        }

        console.Write(table);
    }
}
