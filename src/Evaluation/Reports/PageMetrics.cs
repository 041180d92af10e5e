using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Evaluation.Reports;

/// <summary>Foot of the page: every measurement by slice and model, digests, and how figures are defined.</summary>
internal static class PageMetrics
{
    public static Html Section(PageContent content) => Html.Of($"""
        <section>
        <h2>Metrics by slice</h2>
        <table class="metrics">
        <caption>Challenger, champion and reference on the same rows</caption>
        <thead><tr><th scope="col">Model</th><th scope="col">Balanced log loss</th><th scope="col">Log loss</th><th scope="col">AUC</th><th scope="col">Average precision</th><th scope="col">Calibration error</th></tr></thead>
        {Html.Join(content.Slices.Select(slice => Slice(content, slice)))}
        </table>
        </section>

        """);

    public static Html Notes(PageContent content) => Html.Of($"""
        <footer>
        <h2>What was judged</h2>
        <dl class="digests">{Html.Join(content.Models.Select(model => Html.Of($"<div><dt>{model.Role}</dt><dd>{model.Metrics.ModelDigest}</dd></div>")))}</dl>
        <h2>How to read it</h2>
        <ul>
        <li><strong>Balanced log loss</strong> is the mean of the two classes’ mean log losses, in nats, whatever their shares; knowing nothing gives 0.693. Lower is better.</li>
        <li><strong>AUC</strong> is the chance that a row of class 1 scores above one of class 0; <strong>average precision</strong> is the precision over all thresholds, and depends on the label rate.</li>
        <li><strong>Calibration error</strong> is the mean distance of predicted and observed over bins of equal mass, after correction for the slice’s label rate.</li>
        <li><strong>Clusters</strong> of rows that hang together are drawn as one in the bootstrap; the interval rests on their number, not on that of the rows.</li>
        <li>All figures are of the ONNX file that ships, not of the model as trained.</li>
        </ul>
        </footer>

        """);

    private static Html Slice(PageContent content, string slice)
    {
        SliceMetrics rows = content.Report.Challenger.Slices[slice];
        return Html.Of($"""
            <tbody>
            <tr class="slice"><th scope="rowgroup" colspan="6">{slice}<span>{rows.RowCount:N0} rows, {rows.PositiveCount:N0} of class 1</span></th></tr>
            {Html.Join(content.Models.Select(model => Row(content, model, slice)))}
            </tbody>

            """);
    }

    private static Html Row(PageContent content, PageModel model, string slice) => model.Metrics.Slices.TryGetValue(slice, out SliceMetrics? metrics)
        ? Html.Of($"""
            <tr>
            <th scope="row"><i style="background:{model.Color.Variable}"></i>{model.Role}</th>
            {Cell(content, slice, metrics, "Balanced log loss", found => found.BalancedLogLoss, isLowerBetter: true)}
            {Cell(content, slice, metrics, "Log loss", found => found.LogLoss, isLowerBetter: true)}
            {Cell(content, slice, metrics, "AUC", found => found.AreaUnderCurve, isLowerBetter: false)}
            {Cell(content, slice, metrics, "Average precision", found => found.AveragePrecision, isLowerBetter: false)}
            {Cell(content, slice, metrics, "Calibration error", found => found.CalibrationError, isLowerBetter: true)}
            </tr>

            """)
        : Html.Of($"""<tr><th scope="row">{model.Role}</th><td colspan="5">not measured</td></tr>""");

    private static Html Cell(
        PageContent content, string slice, SliceMetrics metrics, string label, Func<SliceMetrics, double?> figure, bool isLowerBetter)
    {
        double?[] all = [.. content.Models.Select(model => model.Metrics.Slices.GetValueOrDefault(slice)).Select(found => found is null ? null : figure(found))];
        double? best = isLowerBetter ? all.Min() : all.Max();
        return figure(metrics) switch
        {
            null => Html.Of($"""<td data-label="{label}" title="needs both classes">—</td>"""),
            { } value when value == best => Html.Of($"""<td data-label="{label}"><b>{value:0.0000}</b></td>"""),
            { } value => Html.Of($"""<td data-label="{label}">{value:0.0000}</td>"""),
        };
    }
}
