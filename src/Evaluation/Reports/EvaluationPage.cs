using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Evaluation.Reports;

/// <summary>
/// The evaluation as a page for release engineers: the verdict with its reasons, the paired comparisons, metrics by slice and
/// the curves behind them. Self-contained: one file, no scripts, nothing fetched, light and dark as the reader's system has it.
/// </summary>
public static class EvaluationPage
{
    /// <summary>Renders the page as HTML.</summary>
    /// <param name="report">The measurements.</param>
    /// <param name="blessing">The gate's verdict; null before the gate has spoken.</param>
    /// <param name="subject">Names of model, snapshot and Champion.</param>
    /// <param name="curves">The curves of the same evaluation.</param>
    /// <param name="learned">What the Challenger learnt from; null where nobody tells.</param>
    public static string Render(EvaluationReport report, Blessing? blessing, EvaluationSubject subject, EvaluationCurves curves, LearnedModel? learned = null)
    {
        PageContent content = PageContent.Of(report, blessing, subject, curves);
        return SelfContainedPage.Of($"{subject.Model} · {subject.Snapshot} · evaluation", "EvaluationPage.css", Html.Of($"""
            {PageVerdict.Header(content)}
            {PageVerdict.Figures(content)}
            {PageVerdict.Reasons(content)}
            {PageComparisons.Section(content)}
            {PageSplits.Section(content)}
            {PageCurves.Section(content)}
            {PageMetrics.Section(content)}
            {PageIntervals.Section(content)}
            {PageLearning.Section(content, learned)}
            {PageNotes.Footer(content)}
            """));
    }
}
