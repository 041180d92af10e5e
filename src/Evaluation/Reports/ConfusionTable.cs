using System.Collections.Immutable;

namespace Lifecycle.Evaluation.Reports;

/// <summary>The Challenger's confusion matrix: of each class's rows, how many got which class as the likeliest.</summary>
internal static class ConfusionTable
{
    public static Html Of(ImmutableArray<string> classes, ImmutableArray<ImmutableArray<double>> weights) => Html.Of($"""
        <table class="confusion">
        <caption>Rows of each class by the challenger’s likeliest class</caption>
        <thead><tr><th scope="col">Really</th>{Html.Join(classes.Select(name => Html.Of($"""<th scope="col">answered {name}</th>""")))}<th scope="col">Found</th></tr></thead>
        <tbody>
        {Html.Join(classes.Select((name, label) => Row(classes, name, label, weights[label])))}
        </tbody>
        </table>

        """);

    private static Html Row(ImmutableArray<string> classes, string name, int label, ImmutableArray<double> row) => Html.Of($"""
        <tr><th scope="row">{name}</th>{Html.Join(classes.Select((answered, position) => Cell(answered, row[position], position == label)))}<td data-label="Found">{Found(row, label)}</td></tr>

        """);

    private static Html Cell(string answered, double weight, bool isRight) => isRight
        ? Html.Of($"""<td data-label="answered {answered}"><b>{weight:#,0.##}</b></td>""")
        : Html.Of($"""<td data-label="answered {answered}">{weight:#,0.##}</td>""");

    private static Html Found(ImmutableArray<double> row, int label) => row.Sum() is > 0 and var all ? Html.Of($"{row[label] / all:0.0%}") : Html.Of($"—");
}
