using System.Collections.Immutable;
using ScottPlot;
using ScottPlot.Plottables;

namespace Lifecycle.Evaluation.Reports.Drift;

/// <summary>
/// Draws a histogram of both sides: bins of a number stand upright in their order, levels lie with their names beside them.
/// </summary>
internal static class HistogramChart
{
    /// <summary>Levels drawn on their own; the others go together.</summary>
    public const int MaximumLevels = 10;

    private const int MaximumSteps = 5;
    private const double BarSize = 0.36;
    private const int LongestLabel = 16;
    private const int LongestUpright = 6;

    private static readonly ImmutableArray<double> Steps = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25];

    public static Html Draw(FigureHistogram histogram, string id)
    {
        ImmutableArray<HistogramBar> bars = histogram.Bars(MaximumLevels);
        ChartFrame frame = histogram.IsOrdered ? Upright(bars) : Lying(bars);
        Plot plot = Chart.Empty(frame);
        AddBars(plot, bars, ChartColor.Baseline, bar => bar.Baseline, histogram.IsOrdered ? -0.2 : 0.2, histogram.IsOrdered);
        AddBars(plot, bars, ChartColor.Window, bar => bar.Window, histogram.IsOrdered ? 0.2 : -0.2, histogram.IsOrdered);
        return Chart.Svg(plot, frame, id, $"Shares of rows of {histogram.Name}, baseline beside window");
    }

    private static void AddBars(Plot plot, ImmutableArray<HistogramBar> bars, ChartColor color, Func<HistogramBar, double> share, double shift, bool isUpright)
    {
        BarPlot drawn = plot.Add.Bars(bars.Select((bar, i) => new Bar
        {
            Position = (isUpright ? i : bars.Length - 1 - i) + shift,
            Value = share(bar),
            Size = BarSize,
            FillColor = color.StandIn,
            LineWidth = 0,
        }).ToArray());
        drawn.Horizontal = !isUpright;
    }

    private static ChartFrame Upright(ImmutableArray<HistogramBar> bars)
    {
        bool isSlanted = bars.Any(bar => bar.Label.Length > LongestUpright) || bars.Length > 12;
        return new ChartFrame
        {
            Width = 400,
            Height = isSlanted ? 268 : 248,
            Bottom = isSlanted ? 54 : 34,
            Right = 10,
            Left = 46,
            HasVerticalLines = false,
            IsSlanted = isSlanted,
            Horizontal = new ChartAxis(string.Empty, -0.6, bars.Length - 0.4, [.. bars.Select((bar, i) => new ChartTick(i, Short(bar.Label)))]),
            Vertical = Shares(bars),
        };
    }

    private static ChartFrame Lying(ImmutableArray<HistogramBar> bars) => new()
    {
        Width = 400,
        Height = 48 + (26 * Math.Max(4, bars.Length)),
        Bottom = 34,
        Left = 124,
        HasHorizontalLines = false,
        Horizontal = Shares(bars),
        Vertical = new ChartAxis(string.Empty, -0.6, bars.Length - 0.4, [.. bars.Select((bar, i) => new ChartTick(bars.Length - 1 - i, Short(bar.Label)))]),
    };

    private static ChartAxis Shares(ImmutableArray<HistogramBar> bars)
    {
        double highest = Math.Max(Steps[0], bars.Max(bar => Math.Max(bar.Baseline, bar.Window)));
        double step = Steps.First(step => step == Steps[^1] || highest / step <= MaximumSteps);
        int steps = (int)Math.Ceiling((highest / step) - 1e-9);
        return new ChartAxis(string.Empty, 0, steps * step, [.. Enumerable.Range(0, steps + 1).Select(i => new ChartTick(i * step, DriftWords.Invariant($"{100 * i * step:0.#}%")))]);
    }

    private static string Short(string label) => label.Length <= LongestLabel ? label : $"{label[..(LongestLabel - 1)]}…";
}
