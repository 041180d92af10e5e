using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Lifecycle.Evaluation.Reports;

/// <summary>
/// A chart over the unit square as inline SVG. ScottPlot draws the geometry; words are SVG text of ours, because the library
/// places letters by the fonts of the machine it runs on, and a server may have none.
/// </summary>
/// <remarks>
/// Lines are drawn in stand-in colours that the page's style sheet replaces, so one drawing serves light and dark.
/// </remarks>
internal static partial class Chart
{
    private const int Width = 440;
    private const int Height = 380;
    private const int Left = 52;
    private const int Right = 22;
    private const int Top = 14;
    private const int Bottom = 52;

    private static readonly ImmutableArray<double> Ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>An empty chart with its grid.</summary>
    public static Plot Empty()
    {
        Plot plot = new();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.Bottom.TickGenerator = TicksWithoutWords();
        plot.Axes.Left.TickGenerator = TicksWithoutWords();
        plot.Axes.Frame(false);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.MajorLineColor = ChartColor.Grid.StandIn;
        plot.Layout.Fixed(new PixelPadding(Left, Right, Bottom, Top));
        plot.Axes.SetLimits(0, 1, 0, 1);
        return plot;
    }

    /// <summary>The chart as an <c>svg</c> element.</summary>
    /// <param name="plot">What was drawn.</param>
    /// <param name="id">Unique in the page.</param>
    /// <param name="description">What it shows, for those who cannot see it.</param>
    /// <param name="horizontal">Title of the horizontal axis.</param>
    /// <param name="vertical">Title of the vertical axis.</param>
    public static Html Svg(Plot plot, string id, string description, string horizontal, string vertical) => Html.Of($"""
        <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{description}">
        {Geometry(plot, id)}
        {Html.Join(Ticks.Select(TickWords))}
        <text class="axis" text-anchor="middle" x="{(Left + Width - Right) / 2}" y="{Height - 10}">{horizontal}</text>
        <text class="axis" text-anchor="middle" transform="translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)">{vertical}</text>
        </svg>

        """);

    private static NumericManual TicksWithoutWords() => new([.. Ticks], [.. Ticks.Select(_ => string.Empty)]);

    private static Html TickWords(double tick) => Html.Of($"""
        <text class="tick" text-anchor="middle" x="{Left + (tick * (Width - Left - Right)):0.#}" y="{Height - Bottom + 18}">{tick:0%}</text>
        <text class="tick" text-anchor="end" x="{Left - 8}" y="{Height - Bottom + 4 - (tick * (Height - Top - Bottom)):0.#}">{tick:0%}</text>

        """);

    private static Html Geometry(Plot plot, string id)
    {
        string svg = plot.GetSvgXml(Width, Height);
        string inside = svg[(svg.IndexOf('>', svg.IndexOf("<svg", StringComparison.Ordinal)) + 1)..svg.LastIndexOf("</svg>", StringComparison.Ordinal)];
        inside = Renumbered(inside, id);
        inside = ChartColor.All.Aggregate(inside, (drawn, color) => drawn.Replace(color.StandInText, color.Variable, StringComparison.OrdinalIgnoreCase));
        return new Html(inside.ReplaceLineEndings("\n").Trim());
    }

    // Clip paths are numbered by a counter of the whole process: here by the place in this drawing, so that the page's ids
    // are its own and the same evaluation gives the same page.
    private static string Renumbered(string drawing, string id)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        return ClipIds().Replace(drawing, match =>
        {
            numbers.TryAdd(match.Groups[2].Value, numbers.Count + 1);
            return $"{match.Groups[1].Value}{id}-clip-{numbers[match.Groups[2].Value]}";
        });
    }

    [GeneratedRegex("""(id="|url\(#)cl_(\w+)""")]
    private static partial Regex ClipIds();
}
