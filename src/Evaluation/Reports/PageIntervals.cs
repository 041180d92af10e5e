using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Evaluation.Reports;

/// <summary>Whether the intervals hold what they promise, slice by slice.</summary>
internal static class PageIntervals
{
    public static Html Section(PageContent content) => content.Report.Intervals is { } intervals
        ? Html.Of($"""
            <section>
            <h2>Prediction intervals</h2>
            <p class="lead">Each answer comes with an interval that shall hold {intervals.Coverage:0.##%} of the labels, half of the others on either side. {Crossed(intervals)}</p>
            <table class="intervals">
            <caption>Labels of the holdout within their intervals</caption>
            <thead><tr><th scope="col">Slice</th><th scope="col">Within</th><th scope="col">95% interval</th><th scope="col">Below</th><th scope="col">Above</th><th scope="col">Mean width{content.InUnit}</th></tr></thead>
            <tbody>
            {Html.Join(content.Slices.Where(intervals.Slices.ContainsKey).Select(slice => Row(slice, intervals.Slices[slice])))}</tbody>
            </table>
            </section>

            """)
        : new Html(string.Empty);

    private static string Crossed(IntervalEvidence intervals) => intervals.CrossedRows == 0
        ? "On no row of the holdout did their ends cross."
        : FormattableString.Invariant($"On {intervals.CrossedRows:N0} rows of the holdout their ends had crossed, and were turned round.");

    private static Html Row(string slice, IntervalCoverage found) => Html.Of($"""
        <tr><th scope="row">{slice}</th><td data-label="Within">{found.Covered:0.0%}</td><td data-label="95% interval">{found.Lower:0.0%} to {found.Upper:0.0%}</td><td data-label="Below">{found.Below:0.0%}</td><td data-label="Above">{found.Above:0.0%}</td><td data-label="Mean width">{found.MeanWidth:#,0.###}</td></tr>

        """);
}
