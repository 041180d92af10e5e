using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Curves;
using ScottPlot;
using ScottPlot.Plottables;

namespace Lifecycle.Evaluation.Reports;

/// <summary>Lines of the models in a chart.</summary>
internal static class Lines
{
    /// <summary>Where both axes say the same.</summary>
    public static Html Diagonal(ChartFrame frame)
    {
        double from = Math.Max(frame.Horizontal.From, frame.Vertical.From);
        double to = Math.Min(frame.Horizontal.To, frame.Vertical.To);
        return Ideal(frame, from, from, to, to);
    }

    /// <summary>The same answer for all.</summary>
    public static Html Level(ChartFrame frame, double at) => Ideal(frame, frame.Horizontal.From, at, frame.Horizontal.To, at);

    /// <summary>A model's line.</summary>
    public static void Add(Plot plot, double[] horizontal, double[] vertical, PageModel model, float markerSize)
    {
        Scatter line = plot.Add.Scatter(horizontal, vertical, model.Color.StandIn);
        line.LineWidth = model.Color == ChartColor.Challenger ? 2.5f : 1.75f;
        line.MarkerSize = markerSize;
    }

    /// <summary>Every model's bins, and the Challenger's intervals.</summary>
    public static void AddCalibration(
        Plot plot, PageContent content, string slice, Func<SliceCurves, ImmutableArray<CalibrationBin>> bins, Func<CalibrationBin, double> place)
    {
        foreach (PageModel model in content.Models.Reverse())
        {
            if (model.Curves.TryGetValue(slice, out SliceCurves? curves) && bins(curves) is { IsEmpty: false } found)
            {
                double[] places = [.. found.Select(place)];
                double[] observed = [.. found.Select(bin => bin.Observed)];
                Add(plot, places, observed, model, markerSize: 7);
                if (model.Color == ChartColor.Challenger)
                {
                    AddIntervals(plot, found, places, observed, model);
                }
            }
        }
    }

    // A dashed line for what would be ideal, or chance. Of ours, because the library's SVG writes no dashes and says so on standard error.
    private static Html Ideal(ChartFrame frame, double fromX, double fromY, double toX, double toY) => Html.Of($"""
        <path d="M{frame.X(fromX):0.#} {frame.Y(fromY):0.#}L{frame.X(toX):0.#} {frame.Y(toY):0.#}" stroke="{ChartColor.Ideal.Variable}" stroke-dasharray="5 4" fill="none"/>

        """);

    private static void AddIntervals(Plot plot, ImmutableArray<CalibrationBin> bins, double[] places, double[] observed, PageModel model)
    {
        double[] none = new double[places.Length];
        double[] below = [.. bins.Select(bin => bin.Observed - bin.Lower)];
        double[] above = [.. bins.Select(bin => bin.Upper - bin.Observed)];
        ErrorBar bars = new(places, observed, none, none, below, above) { Color = model.Color.StandIn, LineWidth = 1.25f, CapSize = 3 };
        plot.Add.Plottable(bars);
    }
}
