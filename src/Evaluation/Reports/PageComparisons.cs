using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Evaluation.Reports;

/// <summary>The paired comparisons: one row for each slice and opponent, with the interval drawn on a common scale.</summary>
internal static class PageComparisons
{
    public static Html Section(PageContent content) => Html.Of($"""
        <section>
        <h2>Paired comparisons</h2>
        <p class="lead">Difference in {content.Loss.Title}, challenger minus the other, on the same rows; 95% interval of the cluster bootstrap. Left of the line is better.</p>
        {Html.Join(content.Models.Skip(1).Select(model => Table(content, model.Role)))}
        </section>

        """);

    private static Html Table(PageContent content, string against)
    {
        ImmutableArray<PairedComparison> comparisons =
        [
            .. content.Slices.SelectMany(slice => content.Report.Comparisons.Where(found => found.Against == against && found.Slice == slice)),
        ];
        Scale scale = Scale.Of(comparisons);
        return Html.Of($"""
            <table class="comparisons">
            <caption>Against the {against}</caption>
            <thead><tr><th scope="col">Slice</th><th scope="col" class="drawn">{Direction(scale)}</th><th scope="col">Difference</th><th scope="col">95% interval</th><th scope="col">{against}’s loss</th><th scope="col">Skill</th><th scope="col">{Clusters(content)}</th></tr></thead>
            <tbody>
            {Html.Join(comparisons.Select(comparison => Row(content, comparison, scale)))}
            </tbody>
            </table>

            """);
    }

    private static Html Direction(Scale scale) =>
        Html.Of($"""<div class="scale"><span style="left:clamp(64px,{scale.Of(0):0.##}%,100% - 64px)">better ◂ 0 ▸ worse</span></div>""");

    private static Html Row(PageContent content, PairedComparison comparison, Scale scale) => Html.Of($"""
        <tr{new Html(comparison.Slice == content.Subject.PrimarySlice ? " class=\"primary\"" : string.Empty)}>
        <th scope="row">{comparison.Slice}</th>
        <td class="drawn"><div class="scale"><i class="zero" style="left:{scale.Of(0):0.##}%"></i><i class="span {Tone(comparison)}" style="left:{scale.Of(comparison.Lower):0.##}%;width:{scale.Of(comparison.Upper) - scale.Of(comparison.Lower):0.##}%"></i><i class="point {Tone(comparison)}" style="left:{scale.Of(comparison.Difference):0.##}%"></i></div></td>
        <td data-label="Difference">{Signed(comparison.Difference)}</td>
        <td data-label="95% interval">{Signed(comparison.Lower)} to {Signed(comparison.Upper)}</td>
        <td data-label="{comparison.Against}’s loss">{comparison.OtherLoss:0.0000}</td>
        <td data-label="Skill">{Skill(comparison)}</td>
        <td data-label="{Clusters(content)}">{string.Join(" / ", comparison.Clusters.Reverse().Select(count => count.ToString("N0", CultureInfo.InvariantCulture)))}</td>
        </tr>

        """);

    private static string Clusters(PageContent content) => content.Report.Classes.IsEmpty ? "Clusters" : $"Clusters {string.Join(" / ", content.Report.Classes.Reverse())}";

    private static string Tone(PairedComparison comparison) => comparison switch
    {
        { Upper: < 0 } => "better",
        { Lower: >= 0 } => "worse",
        _ => "unclear",
    };

    private static Html Skill(PairedComparison comparison) => comparison.Skill is { } skill ? Html.Of($"{skill:+0.0%;−0.0%;0.0%}") : Html.Of($"—");

    private static Html Signed(double value) => Html.Of($"{value:+0.0000;−0.0000;0.0000}");

    /// <summary>Places a difference on the drawing, in percent of its width; zero is always on it.</summary>
    private sealed record Scale(double Minimum, double Maximum)
    {
        private const double Margin = 0.06;

        public static Scale Of(ImmutableArray<PairedComparison> comparisons)
        {
            double minimum = comparisons.Select(comparison => comparison.Lower).Append(0).Min();
            double maximum = comparisons.Select(comparison => comparison.Upper).Append(0).Max();
            double margin = Math.Max((maximum - minimum) * Margin, 1e-6);
            return new Scale(minimum - margin, maximum + margin);
        }

        public double Of(double difference) => 100 * (difference - Minimum) / (Maximum - Minimum);
    }
}
