using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Evaluation.Reports;

/// <summary>Every measurement by slice and model, the deciding loss first.</summary>
internal static class PageMetrics
{
    public static Html Section(PageContent content)
    {
        ImmutableArray<Column> columns = [new(content.Loss.Title, "0.0000", FigureDirection.Lower, metrics => metrics.Loss), .. content.Figures.Select(Column.Of)];
        return Html.Of($"""
            <section>
            <h2>Metrics by slice</h2>
            <table class="metrics">
            <caption>Challenger, champion and reference on the same rows</caption>
            <thead><tr><th scope="col">Model</th>{Html.Join(columns.Select(column => Html.Of($"""<th scope="col">{PageWords.Title(column.Title)}</th>""")))}</tr></thead>
            {Html.Join(content.Slices.Select(slice => Slice(content, slice, columns)))}
            </table>
            </section>

            """);
    }

    private static Html Slice(PageContent content, string slice, ImmutableArray<Column> columns)
    {
        SliceMetrics rows = content.Report.Challenger.Slices[slice];
        return Html.Of($"""
            <tbody>
            <tr class="slice"><th scope="rowgroup" colspan="{columns.Length + 1}">{slice}<span>{rows.RowCount:N0} rows{PageWords.Classes(content.Report, rows, ", ")}</span></th></tr>
            {Html.Join(content.Models.Select(model => Row(content, model, slice, columns)))}
            </tbody>

            """);
    }

    private static Html Row(PageContent content, PageModel model, string slice, ImmutableArray<Column> columns) => model.Metrics.Slices.TryGetValue(slice, out SliceMetrics? metrics)
        ? Html.Of($"""
            <tr>
            <th scope="row"><i style="background:{model.Color.Variable}"></i>{model.Role}</th>
            {Html.Join(columns.Select(column => Cell(content, slice, metrics, column)))}
            </tr>

            """)
        : Html.Of($"""<tr><th scope="row">{model.Role}</th><td colspan="{columns.Length}">not measured</td></tr>""");

    private static Html Cell(PageContent content, string slice, SliceMetrics metrics, Column column)
    {
        double?[] all = [.. content.Models.Select(model => model.Metrics.Slices.GetValueOrDefault(slice)).Select(found => found is null ? null : column.Figure(found))];
        double? best = column.Better switch { FigureDirection.Lower => all.Min(), FigureDirection.Higher => all.Max(), _ => null };
        string label = PageWords.Title(column.Title);
        return column.Figure(metrics) switch
        {
            null => Html.Of($"""<td data-label="{label}" title="means nothing on these rows">—</td>"""),
            { } value when value == best => Html.Of($"""<td data-label="{label}"><b>{value.ToString(column.Format, CultureInfo.InvariantCulture)}</b></td>"""),
            { } value => Html.Of($"""<td data-label="{label}">{value.ToString(column.Format, CultureInfo.InvariantCulture)}</td>"""),
        };
    }

    private sealed record Column(string Title, string Format, FigureDirection Better, Func<SliceMetrics, double?> Figure)
    {
        public static Column Of(Figure figure) => new(figure.Title, figure.Format, figure.Better, metrics => metrics.Find(figure.Name));
    }
}
