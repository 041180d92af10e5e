using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Lifecycle.Evaluation.Reports;

/// <summary>
/// A chart as inline SVG. ScottPlot draws the geometry; words are SVG text of ours, because the library
/// places letters by the fonts of the machine it runs on, and a server may have none.
/// </summary>
/// <remarks>
/// Lines are drawn in stand-in colours that the page's style sheet replaces, so one drawing serves light and dark.
/// </remarks>
internal static partial class Chart
{
    /// <summary>An empty chart with its grid.</summary>
    public static Plot Empty(ChartFrame frame)
    {
        Plot plot = new();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.Bottom.TickGenerator = TicksWithoutWords(frame.HasVerticalLines ? frame.Horizontal.Ticks : []);
        plot.Axes.Left.TickGenerator = TicksWithoutWords(frame.HasHorizontalLines ? frame.Vertical.Ticks : []);
        plot.Axes.Frame(false);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.MajorLineColor = ChartColor.Grid.StandIn;
        plot.Layout.Fixed(new PixelPadding(frame.Left, frame.Right, frame.Bottom, frame.Top));
        plot.Axes.SetLimits(frame.Horizontal.From, frame.Horizontal.To, frame.Vertical.From, frame.Vertical.To);
        return plot;
    }

    /// <summary>The chart as an <c>svg</c> element.</summary>
    /// <param name="plot">What was drawn.</param>
    /// <param name="frame">The frame that it was drawn in.</param>
    /// <param name="id">Unique in the page.</param>
    /// <param name="description">What it shows, for those who cannot see it.</param>
    /// <param name="over">Shapes of ours over the drawing.</param>
    public static Html Svg(Plot plot, ChartFrame frame, string id, string description, Html? over = null) => Html.Of($"""
        <svg viewBox="0 0 {frame.Width} {frame.Height}" role="img" aria-label="{description}">
        {Geometry(plot, frame, id)}{over ?? new Html(string.Empty)}
        {Html.Join(frame.Horizontal.Ticks.Select(frame.Below))}
        {Html.Join(frame.Vertical.Ticks.Select(frame.Beside))}
        {frame.Titles()}
        </svg>

        """);

    private static NumericManual TicksWithoutWords(ImmutableArray<ChartTick> ticks) =>
        new([.. ticks.Select(tick => tick.At)], [.. ticks.Select(_ => string.Empty)]);

    private static Html Geometry(Plot plot, ChartFrame frame, string id)
    {
        string svg = plot.GetSvgXml(frame.Width, frame.Height);
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
