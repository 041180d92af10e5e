using System.Globalization;
using Lifecycle.Domain.Backtests;

namespace Lifecycle.Evaluation.Reports;

/// <summary>A backtest as a page for people: a line for each period, with its verdict and the losses that led there.</summary>
public static class BacktestPage
{
    /// <summary>Renders the page as HTML.</summary>
    public static string Render(BacktestState state) => SelfContainedPage.Of($"{state.Model} · backtest", "EvaluationPage.css", Html.Of($"""
        <header class="plain">
        <div class="title">
        <p class="kind">Backtest</p>
        <h1>{state.Model}</h1>
        <p>{Counts(state)}</p>
        </div>
        </header>
        <section>
        <h2>Periods</h2>
        <p class="lead">{Lead(state)}</p>
        <table class="metrics">
        <caption>Verdicts of {state.Periods.Length} periods</caption>
        <thead><tr><th scope="col">Period</th><th scope="col">Verdict</th><th scope="col">Trained on</th><th scope="col">Judged on</th><th scope="col">Loss</th><th scope="col">Champion</th><th scope="col">Its loss</th><th scope="col">Reference's loss</th><th scope="col">Reason</th></tr></thead>
        <tbody>
        {Html.Join(state.Periods.Select(Row))}
        </tbody>
        </table>
        </section>

        """));

    /// <summary>How the periods ended, in words.</summary>
    public static string Counts(BacktestState state) => string.Join(", ", Enum.GetValues<BacktestOutcome>()
        .Select(outcome => (Outcome: outcome, Count: state.Count(outcome)))
        .Where(counted => counted.Count > 0)
        .Select(counted => string.Create(CultureInfo.InvariantCulture, $"{counted.Count} {counted.Outcome}"))
        .Prepend(string.Create(CultureInfo.InvariantCulture, $"{state.Periods.Length} periods")));

    private static string Lead(BacktestState state) => state.Count(BacktestOutcome.NothingLearnt) + state.Count(BacktestOutcome.LabelsLeak) > 0
        ? "Each model was trained on shuffled labels, which tell nothing: it must not be better than a constant on the primary slice. None of them can be approved or published."
        : "Each period is judged on what its time knew. A blessed challenger is the champion of the periods after it; losses are on the primary slice of the same rows.";

    private static Html Row(BacktestPeriod period) => Html.Of($"""
        <tr><th scope="row">{period.Snapshot}</th><td data-label="Verdict">{period.Outcome.ToString()}</td><td data-label="Trained on">{Rows(period.TrainingRows)}</td><td data-label="Judged on">{Rows(period.HoldoutRows)}</td><td data-label="Loss">{Loss(period.Loss)}</td><td data-label="Champion">{period.Champion ?? "—"}</td><td data-label="Its loss">{Loss(period.ChampionLoss)}</td><td data-label="Reference's loss">{Loss(period.ReferenceLoss)}</td><td data-label="Reason">{period.Reason}</td></tr>

        """);

    private static string Rows(long? rows) => rows?.ToString("N0", CultureInfo.InvariantCulture) ?? "—";

    private static string Loss(double? loss) => loss?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "—";
}
