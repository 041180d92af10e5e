using System.Globalization;
using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Evaluation.Reports;

/// <summary>The figures of the deciding slice by how the rows were split, where a run was asked to compare.</summary>
internal static class PageSplits
{
    public static Html Section(PageContent content) => content.Report.RandomSplit is { } random
        ? Html.Of($"""
            <section>
            <h2>Split by time, and at random</h2>
            <p class="lead">{random.Sentence(content.Report, content.Subject.PrimarySlice)} The gate looks at the split by time alone.</p>
            {Table(content, random)}
            </section>

            """)
        : new Html(string.Empty);

    private static Html Table(PageContent content, RandomSplit random)
    {
        string slice = content.Subject.PrimarySlice;
        (string Split, string Role, ModelMetrics? Metrics)[] rows =
        [
            ("by time", "challenger", content.Report.Challenger), ("by time", "reference", content.Report.Reference),
            ("at random", "challenger", random.Challenger), ("at random", "reference", random.Reference),
        ];
        return Html.Of($"""
            <table class="metrics">
            <caption>Slice “{slice}” of either holdout; the rows, and so their noise, differ</caption>
            <thead><tr><th scope="col">Split</th><th scope="col">Model</th><th scope="col">Rows</th><th scope="col">{PageWords.Title(content.Loss.Title)}</th>{Html.Join(content.Figures.Select(figure => Html.Of($"""<th scope="col">{PageWords.Title(figure.Title)}</th>""")))}</tr></thead>
            <tbody>
            {Html.Join(rows.Where(row => row.Metrics?.Slices.ContainsKey(slice) == true).Select(row => Row(content, row.Split, row.Role, row.Metrics!.Slices[slice])))}
            </tbody>
            </table>

            """);
    }

    private static Html Row(PageContent content, string split, string role, SliceMetrics metrics) => Html.Of($"""
        <tr><th scope="row">{split}</th><td data-label="Model">{role}</td><td data-label="Rows">{metrics.RowCount:N0}</td><td data-label="{PageWords.Title(content.Loss.Title)}">{metrics.Loss:0.0000}</td>{Html.Join(content.Figures.Select(figure => Html.Of($"""<td data-label="{PageWords.Title(figure.Title)}">{metrics.Find(figure.Name)?.ToString(figure.Format, CultureInfo.InvariantCulture) ?? "—"}</td>""")))}</tr>

        """);
}
