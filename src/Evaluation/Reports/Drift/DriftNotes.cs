using Lifecycle.Domain.Drift;
using Lifecycle.Evaluation.Drift;

namespace Lifecycle.Evaluation.Reports.Drift;

/// <summary>Foot of the page: what was compared with what, and how to read it.</summary>
internal static class DriftNotes
{
    public static Html Section(DriftDocument document)
    {
        DriftReport report = document.Report;
        return Html.Of($"""
            <footer>
            <h2>What was compared</h2>
            <dl class="digests">
            <div><dt>model</dt><dd>{report.ModelDigest}</dd></div>
            <div><dt>baseline</dt><dd>{report.BaselineId}</dd></div>
            <div><dt>channel</dt><dd>version {report.ChannelVersion}</dd></div>
            {Weights(document.Weights)}
            </dl>
            <h2>How to read it</h2>
            <ul>
            <li><strong>Effect</strong> says how far a figure moved, <strong>adjusted p</strong> how likely chance alone would move some figure as far. Only both together are an alarm: with many rows everything is significant, with few rows everything moves.</li>
            <li><strong>Wasserstein distance</strong> is how far rows moved on average, in standard deviations of the baseline. <strong>PSI</strong> is the population stability index over ten bins. <strong>Jensen–Shannon distance</strong> goes from 0 to 1.</li>
            <li>{PageNotes.OfLoss(DriftWords.LossOf(report))} Rows whose labels have not come take no part in it.</li>
            <li><strong>Weighted holdout</strong> and <strong>{(LossComparison.IsEstimatedByConfidence(DriftWords.LossOf(report)) ? "the model’s own confidence" : "the model of the losses")}</strong> do without labels of the window. Neither can see that answers changed, and where the seen share is low the second judges what it has never met.</li>
            <li><strong>Inconclusive</strong> is not quiet: a number that must not be used is not shown.</li>
            </ul>
            </footer>

            """);
    }

    private static Html Weights(WeightSummary? weights) => weights is null
        ? new Html(string.Empty)
        : Html.Of($"""<div><dt>weights</dt><dd>{weights.EffectiveRowCount:N0} effective of {weights.RowCount:N0} rows, {DriftWords.Share(weights.OffSupportShare)} off the support</dd></div>""");
}
