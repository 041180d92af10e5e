using System.Collections.Immutable;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Evaluation.Reports.Drift;

/// <summary>The figures: each with the effect that decides beside its bounds, drawn so that every act bound stands in the same place.</summary>
internal static class DriftFigureTable
{
    // Where the act bound stands, in percent of the width, and how much of it an effect may fill.
    private const double ActAt = 50;
    private const double Most = 98;

    public static Html Section(DriftReport report)
    {
        ImmutableArray<FigureDrift> shown = [.. report.Figures.Take(DriftReport.MaximumFigures)];
        return Html.Of($"""
            <section>
            <h2>Figures</h2>
            <p class="lead">A figure is at warn or act when an effect reaches that bound and, over all comparisons together, chance does not explain it (Benjamini–Hochberg).</p>
            <table class="effects">
            <thead><tr><th scope="col">Figure</th><th scope="col">Level</th><th scope="col" class="drawn"><div class="scale"><span style="left:50%">act ▾</span></div></th><th scope="col">Effect</th><th scope="col">Warn / act</th><th scope="col">Adjusted p</th></tr></thead>
            <tbody>
            {Html.Join(shown.Select(Row))}
            </tbody>
            </table>
            {Rest(report.Figures.Length - shown.Length)}
            </section>

            """);
    }

    private static Html Row(FigureDrift figure) => DriftWords.Strongest(figure.Effects) is not { } effect
        ? Html.Of($"""<tr><th scope="row">{figure.Name}</th><td data-label="Level">{DriftWords.Badge(figure.Level)}</td><td class="why" colspan="4">nothing to compare</td></tr>""")
        : Html.Of($"""
            <tr>
            <th scope="row">{figure.Name}<small>{DriftWords.Word(figure.Kind)}{Importance(figure)}</small></th>
            <td data-label="Level">{DriftWords.Badge(figure.Level)}</td>
            <td class="drawn"><div class="scale {DriftWords.Tone(figure.Level)}"><i class="track"></i>{Bar(effect)}<i class="bound" style="left:{ActAt * effect.WarnAt / effect.ActAt:0.##}%"></i><i class="bound" style="left:{ActAt:0.##}%"></i></div></td>
            <td data-label="Effect"><b>{DriftWords.Value(effect.Measure, effect.Value)}</b><small>{DriftWords.Word(effect.Measure)}</small></td>
            <td data-label="Warn / act">{DriftWords.Value(effect.Measure, effect.WarnAt)} / {DriftWords.Value(effect.Measure, effect.ActAt)}</td>
            <td data-label="Adjusted p">{DriftWords.PValue(effect.AdjustedPValue)}</td>
            </tr>

            """);

    private static Html Bar(DriftEffect effect) => double.IsFinite(effect.Value)
        ? Html.Of($"""<i class="bar" style="left:0;width:{Math.Clamp(ActAt * DriftWords.Strength(effect), 0.6, Most):0.##}%"></i>""")
        : new Html(string.Empty);

    private static string Importance(FigureDrift figure) =>
        figure.Importance == 1 ? string.Empty : DriftWords.Invariant($", importance {figure.Importance:0.##}");

    private static Html Rest(int count) => count <= 0
        ? new Html(string.Empty)
        : Html.Of($"""<p class="aside">{count:N0} more figures moved less; the JSON document holds them all.</p>""");
}
