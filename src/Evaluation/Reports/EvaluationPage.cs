using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Evaluation.Reports;

/// <summary>
/// The evaluation as a page for release engineers: the verdict with its reasons, the paired comparisons, metrics by slice and
/// the curves behind them. Self-contained: one file, no scripts, nothing fetched, light and dark as the reader's system has it.
/// </summary>
public static class EvaluationPage
{
    private static readonly Lazy<Html> Style = new(ReadStyle);

    /// <summary>Renders the page as HTML.</summary>
    /// <param name="report">The measurements.</param>
    /// <param name="blessing">The gate's verdict; null before the gate has spoken.</param>
    /// <param name="subject">Names of model, snapshot and Champion.</param>
    /// <param name="curves">The curves of the same evaluation.</param>
    public static string Render(EvaluationReport report, Blessing? blessing, EvaluationSubject subject, EvaluationCurves curves)
    {
        PageContent content = PageContent.Of(report, blessing, subject, curves);
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="color-scheme" content="light dark">
            <title>{subject.Model} · {subject.Snapshot} · evaluation</title>
            <style>
            {Style.Value}
            </style>
            </head>
            <body>
            <main>
            {PageVerdict.Header(content)}
            {PageVerdict.Figures(content)}
            {PageVerdict.Reasons(content)}
            {PageComparisons.Section(content)}
            {PageCurves.Section(content)}
            {PageMetrics.Section(content)}
            {PageMetrics.Notes(content)}
            </main>
            </body>
            </html>

            """).Markup;
    }

    private static Html ReadStyle()
    {
        using Stream stream = typeof(EvaluationPage).Assembly.GetManifestResourceStream("EvaluationPage.css")
            ?? throw new InvalidOperationException("EvaluationPage.css is not embedded in the assembly; see Evaluation.csproj");
        using StreamReader reader = new(stream);
        return new Html(reader.ReadToEnd().Trim());
    }
}
