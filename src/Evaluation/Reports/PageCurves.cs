using Lifecycle.Evaluation.Slices;
using ScottPlot;
using ScottPlot.Plottables;

namespace Lifecycle.Evaluation.Reports;

/// <summary>Calibration and gain curves of the deciding slice and of the whole Holdout.</summary>
internal static class PageCurves
{
    public static Html Section(PageContent content) => Html.Of($"""
        <section>
        <h2>Curves</h2>
        <p class="legend">{Html.Join(content.Models.Select(Swatch))}</p>
        {Html.Join(content.Slices.Take(content.Subject.PrimarySlice == "all" ? 1 : 2).Select((slice, number) => Slice(content, slice, number)))}
        </section>

        """);

    private static Html Swatch(PageModel model) => Html.Of($"""<span><i style="background:{model.Color.Variable}"></i>{model.Role}</span>""");

    private static Html Slice(PageContent content, string slice, int number) =>
        content.Models.Any(model => model.Curves.ContainsKey(slice))
            ? Html.Of($"""
                <h3>Slice “{slice}”</h3>
                <div class="charts">
                <figure>{Calibration(content, slice, $"calibration-{number}")}<figcaption><strong>Calibration.</strong> Rows in bins of equal mass, corrected for the slice’s label rate; bars are 95% intervals of the challenger. On the diagonal, predicted and observed agree.</figcaption></figure>
                <figure>{Gain(content, slice, $"gain-{number}")}<figcaption><strong>Cumulative gain.</strong> Taking rows by falling probability, the share of class 1 found. The dashed line is chance.</figcaption></figure>
                </div>

                """)
            : Html.Of($"""
                <h3>Slice “{slice}”</h3>
                <p>It holds one class only: there is nothing to rank or to calibrate.</p>

                """);

    private static Html Calibration(PageContent content, string slice, string id)
    {
        ChartFrame frame = ChartFrame.UnitSquare("predicted probability", "observed share of class 1");
        Plot plot = Chart.Empty(frame);
        AddDiagonal(plot);
        foreach (PageModel model in content.Models.Reverse())
        {
            if (model.Curves.TryGetValue(slice, out SliceCurves? curves))
            {
                double[] predicted = [.. curves.Calibration.Select(bin => bin.Predicted)];
                double[] observed = [.. curves.Calibration.Select(bin => bin.Observed)];
                AddLine(plot, predicted, observed, model, markerSize: 7);
                if (model.Color == ChartColor.Challenger)
                {
                    AddIntervals(plot, curves, predicted, observed, model);
                }
            }
        }

        return Chart.Svg(plot, frame, id, $"Calibration curves on slice {slice}");
    }

    private static Html Gain(PageContent content, string slice, string id)
    {
        ChartFrame frame = ChartFrame.UnitSquare("rows taken", "class 1 found");
        Plot plot = Chart.Empty(frame);
        AddDiagonal(plot);
        foreach (PageModel model in content.Models.Reverse())
        {
            if (model.Curves.TryGetValue(slice, out SliceCurves? curves))
            {
                AddLine(plot, [.. curves.Gain.Select(point => point.Taken)], [.. curves.Gain.Select(point => point.Found)], model, markerSize: 0);
            }
        }

        return Chart.Svg(plot, frame, id, $"Cumulative gain curves on slice {slice}");
    }

    private static void AddDiagonal(Plot plot)
    {
        LinePlot diagonal = plot.Add.Line(0, 0, 1, 1);
        diagonal.LineColor = ChartColor.Ideal.StandIn;
        diagonal.LinePattern = LinePattern.Dashed;
        diagonal.LineWidth = 1;
        diagonal.MarkerSize = 0;
    }

    private static void AddLine(Plot plot, double[] horizontal, double[] vertical, PageModel model, float markerSize)
    {
        Scatter line = plot.Add.Scatter(horizontal, vertical, model.Color.StandIn);
        line.LineWidth = model.Color == ChartColor.Challenger ? 2.5f : 1.75f;
        line.MarkerSize = markerSize;
    }

    private static void AddIntervals(Plot plot, SliceCurves curves, double[] predicted, double[] observed, PageModel model)
    {
        double[] none = new double[predicted.Length];
        double[] below = [.. curves.Calibration.Select(bin => bin.Observed - bin.Lower)];
        double[] above = [.. curves.Calibration.Select(bin => bin.Upper - bin.Observed)];
        ErrorBar bars = new(predicted, observed, none, none, below, above) { Color = model.Color.StandIn, LineWidth = 1.25f, CapSize = 3 };
        plot.Add.Plottable(bars);
    }
}
