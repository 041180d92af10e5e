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
    public static void AddDiagonal(Plot plot, ChartFrame frame)
    {
        double from = Math.Max(frame.Horizontal.From, frame.Vertical.From);
        double to = Math.Min(frame.Horizontal.To, frame.Vertical.To);
        AddIdeal(plot, from, from, to, to);
    }

    /// <summary>A dashed line for what would be ideal, or chance.</summary>
    public static void AddIdeal(Plot plot, double fromX, double fromY, double toX, double toY)
    {
        LinePlot line = plot.Add.Line(fromX, fromY, toX, toY);
        line.LineColor = ChartColor.Ideal.StandIn;
        line.LinePattern = LinePattern.Dashed;
        line.LineWidth = 1;
        line.MarkerSize = 0;
    }

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

    private static void AddIntervals(Plot plot, ImmutableArray<CalibrationBin> bins, double[] places, double[] observed, PageModel model)
    {
        double[] none = new double[places.Length];
        double[] below = [.. bins.Select(bin => bin.Observed - bin.Lower)];
        double[] above = [.. bins.Select(bin => bin.Upper - bin.Observed)];
        ErrorBar bars = new(places, observed, none, none, below, above) { Color = model.Color.StandIn, LineWidth = 1.25f, CapSize = 3 };
        plot.Add.Plottable(bars);
    }
}
