using System.Collections.Immutable;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Evaluation.Reports.Drift;

/// <summary>Pictures of the figures that moved most: their rows by bin, baseline beside window.</summary>
internal static class DriftPictures
{
    private const int MaximumPictures = 8;

    // Where nothing moved, a few pictures still show what was compared.
    private const int QuietPictures = 4;

    public static Html Section(DriftDocument document)
    {
        (FigureDrift Figure, FigureHistogram Histogram)[] drawn = [.. Choose(document)];
        return drawn.Length == 0
            ? new Html(string.Empty)
            : Html.Of($"""
                <section>
                <h2>Baseline and window</h2>
                <p class="legend"><span><i style="background:{ChartColor.Baseline.Variable}"></i>baseline</span><span><i style="background:{ChartColor.Window.Variable}"></i>window</span></p>
                <div class="charts">
                {Html.Join(drawn.Select((pair, number) => Picture(pair.Figure, pair.Histogram, $"histogram-{number}")))}
                </div>
                </section>

                """);
    }

    private static IEnumerable<(FigureDrift Figure, FigureHistogram Histogram)> Choose(DriftDocument document)
    {
        Dictionary<string, FigureHistogram> histograms = document.Histograms
            .Where(histogram => !histogram.Bars(HistogramChart.MaximumLevels).IsEmpty)
            .DistinctBy(histogram => histogram.Name).ToDictionary(histogram => histogram.Name, StringComparer.Ordinal);
        ImmutableArray<FigureDrift> known = [.. document.Report.Figures.Where(figure => histograms.ContainsKey(figure.Name))];
        int moved = known.Count(figure => figure.Level is DriftLevel.Warn or DriftLevel.Act);
        return known
            .OrderByDescending(figure => figure.Level == DriftLevel.Act ? 2 : figure.Level == DriftLevel.Warn ? 1 : 0)
            .Take(Math.Clamp(moved, QuietPictures, MaximumPictures))
            .Select(figure => (figure, histograms[figure.Name]));
    }

    private static Html Picture(FigureDrift figure, FigureHistogram histogram, string id) => Html.Of($"""
        <figure><h3>{figure.Name} {DriftWords.Badge(figure.Level)}</h3>{HistogramChart.Draw(histogram, id)}<figcaption>{Caption(figure)}</figcaption></figure>

        """);

    private static string Caption(FigureDrift figure) => string.Join("; ", figure.Effects
        .OrderByDescending(DriftWords.Strength)
        .Select(effect => $"{DriftWords.Word(effect.Measure)} {DriftWords.Value(effect.Measure, effect.Value)}")) + ".";
}
