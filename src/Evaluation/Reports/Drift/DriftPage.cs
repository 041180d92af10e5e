using Lifecycle.Domain.Drift;

namespace Lifecycle.Evaluation.Reports.Drift;

/// <summary>
/// A drift report as a page for release engineers: the level and what was decided, what happened to the loss and why, the figures
/// beside their bounds, and pictures of those that moved most. Self-contained: one file, no scripts, nothing fetched, light and
/// dark as the reader's system has it.
/// </summary>
public static class DriftPage
{
    /// <summary>Renders the page as HTML. The same document and decision give the same page.</summary>
    /// <param name="document">Everything measured.</param>
    /// <param name="decision">What followed; null before it was made.</param>
    public static string Render(DriftDocument document, DriftDecision? decision) => SelfContainedPage.Of(
        $"{document.Report.Model} · {document.Report.Window.Id} · drift",
        "DriftPage.css",
        Html.Of($"""
            {DriftHeadline.Header(document.Report, decision)}
            {DriftHeadline.Figures(document)}
            {DriftHeadline.Decision(decision)}
            {DriftHeadline.Breaches(document.Report)}
            {DriftHeadline.Unmeasured(document.Report)}
            {DriftLosses.Section(document)}
            {DriftParts.Section(document.Report.Losses.Decomposition, DriftWords.LossOf(document.Report).IsBalanced)}
            {DriftFigureTable.Section(document.Report)}
            {DriftPictures.Section(document)}
            {DriftNotes.Section(document)}
            """));
}
