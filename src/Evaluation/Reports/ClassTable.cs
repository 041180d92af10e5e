using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Curves;

namespace Lifecycle.Evaluation.Reports;

/// <summary>How well each model finds each of several classes.</summary>
internal static class ClassTable
{
    private static readonly ImmutableArray<(string Title, Func<ClassFigures, double?> Of)> Columns =
    [
        ("Precision", figures => figures.Precision),
        ("Recall", figures => figures.Recall),
        ("F1", figures => figures.HarmonicMean),
        ("AUC", figures => figures.AreaUnderCurve),
    ];

    public static Html Of(PageContent content, string slice) => Html.Of($"""
        <table class="metrics">
        <caption>Each class against all others</caption>
        <thead><tr><th scope="col">Model</th>{Html.Join(Columns.Select(column => Html.Of($"""<th scope="col">{column.Title}</th>""")))}</tr></thead>
        {Html.Join(content.Report.Classes.Select((name, position) => Class(content, slice, name, position)))}
        </table>

        """);

    private static Html Class(PageContent content, string slice, string name, int position)
    {
        ImmutableArray<(PageModel Model, ClassFigures? Figures)> rows =
            [.. content.Models.Select(model => (model, model.Curves.GetValueOrDefault(slice)?.ByClass.FirstOrDefault(found => found.Class == name)))];
        return Html.Of($"""
            <tbody>
            <tr class="slice"><th scope="rowgroup" colspan="{Columns.Length + 1}">{name}<span>{RowsOf(content.Report, slice, position)}</span></th></tr>
            {Html.Join(rows.Select(row => Row(row.Model, row.Figures, rows)))}
            </tbody>

            """);
    }

    private static Html Row(PageModel model, ClassFigures? figures, ImmutableArray<(PageModel Model, ClassFigures? Figures)> all) => Html.Of($"""
        <tr><th scope="row"><i style="background:{model.Color.Variable}"></i>{model.Role}</th>{Html.Join(Columns.Select(column =>
            Cell(column.Title, figures is null ? null : column.Of(figures), all.Max(row => row.Figures is null ? null : column.Of(row.Figures)))))}</tr>

        """);

    private static Html Cell(string title, double? figure, double? best) => figure switch
    {
        null => Html.Of($"""<td data-label="{title}" title="means nothing on these rows">—</td>"""),
        { } value when value == best => Html.Of($"""<td data-label="{title}"><b>{value:0.000}</b></td>"""),
        { } value => Html.Of($"""<td data-label="{title}">{value:0.000}</td>"""),
    };

    private static string RowsOf(EvaluationReport report, string slice, int position) =>
        report.Challenger.Slices.GetValueOrDefault(slice) is { ClassRows.IsEmpty: false } metrics
            ? string.Create(CultureInfo.InvariantCulture, $"{metrics.ClassRows[position]:N0} rows")
            : "";
}
