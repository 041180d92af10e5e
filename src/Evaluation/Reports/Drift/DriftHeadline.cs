using Lifecycle.Domain.Data;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Evaluation.Reports.Drift;

/// <summary>Top of the page: the window, its level and the key figures; what was decided; which rules of the contract broke.</summary>
internal static class DriftHeadline
{
    public static Html Header(DriftReport report, DriftDecision? decision)
    {
        bool isBroken = report.Breaches.Any(breach => breach.Severity == FindingSeverity.Error);
        string tone = isBroken ? "bad" : DriftWords.Tone(report.Level);
        (string word, string meaning) = isBroken
            ? ("Contract broken", "The traffic breaks the data contract: nothing may be concluded from it, and nothing be trained on it.")
            : Words(report);
        return Html.Of($"""
            <header class="{tone}">
            <div class="title">
            <p class="kind">Drift report</p>
            <h1>{report.Model}</h1>
            <p>Window <strong>{report.Window.Id}</strong>, {report.Window.From:yyyy-MM-dd HH:mm} to {report.Window.To:yyyy-MM-dd HH:mm} UTC, as known at {report.Window.AsOf:yyyy-MM-dd HH:mm}</p>
            </div>
            <div class="verdict"><p class="word">{DriftWords.Mark(tone)} {word}</p><p>{meaning}</p>{Decided(decision)}</div>
            </header>

            """);
    }

    public static Html Figures(DriftDocument document)
    {
        DriftReport report = document.Report;
        return Html.Of($"""
            <dl class="figures">
            {Figure("Rows", DriftWords.Invariant($"{report.RowCount:N0}"), Rows(report))}
            {Figure("Labels known", DriftWords.Invariant($"{report.LabelledCount:N0}"), report.LabelledCount == 0 ? "none have come yet" : DriftWords.Share((double)report.LabelledCount / Math.Max(1, report.RowCount)) + " of the rows")}
            {Figure("Figures at act", DriftWords.Invariant($"{report.ActCount:N0}"), DriftWords.Invariant($"of {report.FigureCount:N0}; {report.WarnCount:N0} at warn"))}
            {Figure("Drift share", DriftWords.Share(report.DriftShare), $"of the figures’ importance is at act; {DriftWords.Share(document.Policy.DriftShare)} counts")}
            {Figure("Seen share", DriftWords.Share(report.SeenShare), report.SeenShare is null ? "not measured for this model" : "of the rows have a key that the training set holds")}
            {Separation(report.Separation, document.Policy)}
            </dl>

            """);
    }

    public static Html Decision(DriftDecision? decision) => decision is null
        ? new Html(string.Empty)
        : Html.Of($"""
            <section>
            <h2>Decision: {decision.Verdict}</h2>
            <ul class="reasons">
            <li class="{DriftWords.Tone(decision.Verdict)}">{DriftWords.Mark(DriftWords.Tone(decision.Verdict))}<div><strong>{DriftWords.Word(decision.Rule)}</strong><span class="said">{Asked(decision)}</span>{Html.Join(decision.Reasons.Select(reason => Html.Of($"<p>{reason}</p>")))}</div></li>
            </ul>
            <p class="aside">Decision {decision.Id}, made {decision.DecidedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC</p>
            </section>

            """);

    public static Html Breaches(DriftReport report) => report.Breaches.IsEmpty
        ? new Html(string.Empty)
        : Html.Of($"""
            <section>
            <h2>Broken rules of the data contract</h2>
            <ul class="reasons">
            {Html.Join(report.Breaches.Select(Breach))}
            </ul>
            </section>

            """);

    public static Html Unmeasured(DriftReport report) => report.Unmeasured.IsEmpty
        ? new Html(string.Empty)
        : Html.Of($"""
            <section>
            <h2>What could not be measured</h2>
            <ul class="reasons">
            {Html.Join(report.Unmeasured.Select(sentence => Html.Of($"""<li class="caution">{DriftWords.Mark("caution")}<div><p>{sentence}</p></div></li>""")))}
            </ul>
            <p class="aside">The decision goes by the rest, and the next window is measured anew.</p>
            </section>

            """);

    private static (string Word, string Meaning) Words(DriftReport report) => report.Level switch
    {
        DriftLevel.Act => ("Drifted", Moved(report.ActCount, report.FigureCount, "act")),
        DriftLevel.Warn => ("Drifting", Moved(report.WarnCount, report.FigureCount, "warn")),
        DriftLevel.None => ("Quiet", "No figure moved beyond its bounds, or none that chance does not explain."),
        _ when !report.Unmeasured.IsEmpty => ("Inconclusive", "What could be measured does not tell. This is not the same as quiet."),
        _ => ("Inconclusive", DriftWords.Invariant($"{report.RowCount:N0} rows are too few to tell. This is not the same as quiet.")),
    };

    private static string Moved(int count, int all, string bound) => count == 0
        ? $"The window as a whole can be told from the baseline, beyond its {bound} bound."
        : DriftWords.Invariant($"{count:N0} of {all:N0} figures moved to their {bound} bound or beyond, by more than chance explains.");

    private static Html Decided(DriftDecision? decision) => decision is null
        ? new Html("""<p class="decided">No decision has been made on it yet.</p>""")
        : Html.Of($"""<p class="decided">Decision: <strong>{decision.Verdict}</strong>. {decision.Reasons.FirstOrDefault()}</p>""");

    private static string Asked(DriftDecision decision) => decision switch
    {
        { Verdict: DriftVerdict.Retrain } => "asks for a RetrainingRun",
        { AskedBy: { } rule } => $"holds back: {DriftWords.Word(rule)}",
        { Verdict: DriftVerdict.Block } => "blocks",
        _ => "asks for nothing",
    };

    private static Html Breach(ValidationFinding breach)
    {
        (string tone, string said) = breach.Severity == FindingSeverity.Error ? ("bad", "blocks") : ("caution", "warns");
        return Html.Of($"""
            <li class="{tone}">{DriftWords.Mark(tone)}<div><strong>{breach.Subject}: {breach.Rule}</strong><span class="said">{said}</span><p>Found {breach.Found}; expected {breach.Expected}.</p></div></li>

            """);
    }

    private static string Rows(DriftReport report) =>
        DriftWords.Invariant($"{report.RefusedCount:N0} refused by the model, {report.LateCount:N0} came too late");

    private static Html Separation(DomainSeparation? separation, DriftPolicy policy) => separation is null
        ? Figure("Separation", "—", "not measured for this window: too few rows, or a reason below")
        : Html.Of($"""<div><dt>Separation {DriftWords.Badge(separation.Level)}</dt><dd><b>{separation.AreaUnderCurve:0.000}</b><span>AUC of a classifier between window and baseline; p {DriftWords.PValue(separation.PValue)}; act at {policy.SeparationActAt:0.00}</span></dd></div>""");

    private static Html Figure(string name, string value, string note) =>
        Html.Of($"""<div><dt>{name}</dt><dd><b>{value}</b><span>{note}</span></dd></div>""");
}
