using System.Globalization;
using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Evaluation.Reports;

/// <summary>Top of the page: what was judged, the key figures, and the gate's verdict with every reason.</summary>
internal static class PageVerdict
{
    public static Html Header(PageContent content)
    {
        (string style, string word, string meaning) = content.Blessing?.Verdict switch
        {
            BlessingVerdict.Blessed => ("good", "Blessed", "Every rule of the gate holds. Release engineers may decide."),
            BlessingVerdict.Refused => ("bad", "Refused", "At least one rule of the gate is broken. It cannot be released."),
            BlessingVerdict.Inconclusive => ("caution", "Inconclusive", "No rule is broken, but the evidence does not tell. It cannot be released as it stands."),
            _ => ("plain", "Not judged yet", "The gate has not spoken."),
        };
        return Html.Of($"""
            <header class="{style}">
            <div class="title">
            <p class="kind">Evaluation</p>
            <h1>{content.Subject.Model}</h1>
            <p>Challenger from data snapshot <strong>{content.Subject.Snapshot}</strong>{Opponent(content)}</p>
            </div>
            <div class="verdict"><p class="word">{Mark(content.Blessing?.Verdict)} {word}</p><p>{meaning}</p></div>
            </header>

            """);
    }

    public static Html Figures(PageContent content)
    {
        EvaluationReport report = content.Report;
        string slice = content.Subject.PrimarySlice;
        SliceMetrics? metrics = report.Challenger.Slices.GetValueOrDefault(slice);
        return Html.Of($"""
            <dl class="figures">
            {Figure(PageWords.Title(content.Loss.Title), Number(metrics?.Loss, "0.000"), $"on {slice}; {Others(content, other => other.Loss, "0.000")}")}
            {Html.Join(content.Figures.Where(figure => figure.Better == FigureDirection.Higher).Take(1).Select(figure =>
                Figure(PageWords.Title(figure.Title), Number(metrics?.Find(figure.Name), "0.000"), $"on {slice}; {Others(content, other => other.Find(figure.Name), "0.000")}")))}
            {Figure("Holdout rows", Number(metrics?.RowCount, "N0"), $"on {slice}{PageWords.Classes(content.Report, metrics, "; ")}")}
            {Figure("Model file", Number(report.ModelBytes / 1000.0, "N0") + " kB", Number(report.ModelBytes, "N0") + " bytes")}
            {Figure("One prediction", Number(report.Latency.MedianMicroseconds, "0.#") + " µs", "median; p99 " + Number(report.Latency.P99Microseconds, "0.#") + " µs, on this worker")}
            {Figure("Parity", Number(report.ParityDifference, "0.0e+0"), "largest difference of exported from trained")}
            </dl>

            """);
    }

    public static Html Reasons(PageContent content) => content.Blessing is null
        ? new Html(string.Empty)
        : Html.Of($"""
            <section>
            <h2>Why</h2>
            <ul class="reasons">
            {Html.Join(content.Blessing.Reasons.Select(Reason))}
            </ul>
            </section>

            """);

    private static Html Reason(BlessingReason reason) => Html.Of($"""
        <li class="{Style(reason.Verdict)}">{Mark(reason.Verdict)}<div><strong>{reason.Rule}</strong><span class="said">{Word(reason.Verdict)}</span><p>{reason.Sentence}</p></div></li>

        """);

    private static Html Mark(BlessingVerdict? verdict) => verdict switch
    {
        BlessingVerdict.Blessed => new Html("""<span class="mark" aria-hidden="true">✓</span>"""),
        BlessingVerdict.Refused => new Html("""<span class="mark" aria-hidden="true">✕</span>"""),
        BlessingVerdict.Inconclusive => new Html("""<span class="mark" aria-hidden="true">?</span>"""),
        _ => new Html("""<span class="mark" aria-hidden="true">…</span>"""),
    };

    private static string Style(BlessingVerdict verdict) => verdict switch
    {
        BlessingVerdict.Blessed => "good",
        BlessingVerdict.Refused => "bad",
        _ => "caution",
    };

    private static string Word(BlessingVerdict verdict) => verdict switch
    {
        BlessingVerdict.Blessed => "holds",
        BlessingVerdict.Refused => "broken",
        _ => "open",
    };

    private static Html Opponent(PageContent content) => (content.Report.Champion, content.Subject.Champion) switch
    {
        (null, _) => Html.Of($", the first of its channel"),
        (_, null) => Html.Of($", against the champion"),
        (_, { } name) => Html.Of($", against champion <strong>{name}</strong>"),
    };

    private static Html Figure(string name, string value, string note) =>
        Html.Of($"""<div><dt>{name}</dt><dd><b>{value}</b><span>{note}</span></dd></div>""");

    private static string Others(PageContent content, Func<SliceMetrics, double?> figure, string format) =>
        string.Join(", ", content.Models.Skip(1).Select(model => $"{model.Role} {Number(On(model, content, figure), format)}"));

    private static double? On(PageModel model, PageContent content, Func<SliceMetrics, double?> figure) =>
        model.Metrics.Slices.GetValueOrDefault(content.Subject.PrimarySlice) is { } metrics ? figure(metrics) : null;

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "—";
}
