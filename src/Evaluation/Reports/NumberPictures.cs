using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Evaluation.Curves;
using ScottPlot;
using ScottPlot.Plottables;

namespace Lifecycle.Evaluation.Reports;

/// <summary>Pictures of answers that are numbers.</summary>
internal static class NumberPictures
{
    // Half the distance of two neighbouring hexagons, in pixels of a picture of 24 across, and a little over for the seams.
    private const double Seam = 1.04;

    public static Html Calibration(PageContent content, string slice, string id)
    {
        ImmutableArray<CalibrationBin> all = [.. content.Models.SelectMany(model => model.Curves.GetValueOrDefault(slice)?.Calibration ?? [])];
        return content.Loss.Elicits.Kind is ElicitedKind.Mean ? OfMeans(content, slice, id, all) : OfShares(content, slice, id, all);
    }

    /// <summary>Where the Challenger's pairs of prediction and label lie.</summary>
    public static Html Hexagons(PageContent content, SliceCurves challenger, string slice, string id)
    {
        IEnumerable<double> both = challenger.Hexagons.SelectMany(cell => new[] { cell.Predicted, cell.Seen });
        ChartFrame frame = Frame(ChartAxis.Over($"predicted{content.InUnit}", both), ChartAxis.Over($"seen{content.InUnit}", both));
        Plot plot = Chart.Empty(frame);
        return Html.Of($"""
            {Chart.Svg(plot, frame, id, $"Predicted against seen on slice {slice}", Html.Join([Lines.Diagonal(frame), Cells(challenger.Hexagons, frame)]))}<figcaption><strong>Predicted against seen.</strong> The challenger’s rows, the darker the more, on a scale of logarithms; the outer 1% on each side stand at the edge.</figcaption>
            """);
    }

    /// <summary>The Challenger's errors by bin of the prediction.</summary>
    public static Html Residuals(PageContent content, SliceCurves challenger, string slice, string id)
    {
        ImmutableArray<ResidualBin> bins = challenger.Residuals;
        ChartFrame frame = Frame(
            new ChartAxis("bin of the prediction, lowest to highest", 0.4, bins.Length + 0.6, [.. bins.Select((_, i) => new ChartTick(i + 1, $"{i + 1}"))]),
            ChartAxis.Over($"seen − predicted{content.InUnit}", bins.SelectMany(bin => new[] { bin.Lowest, bin.Highest, 0 })));
        Plot plot = Chart.Empty(frame);
        return Html.Of($"""
            {Chart.Svg(plot, frame, id, $"Residuals by decile on slice {slice}", Html.Join([Lines.Level(frame, 0), Html.Join(bins.Select((bin, i) => Box(frame, i + 1, bin)))]))}<figcaption><strong>Errors.</strong> Of the challenger, by bins of equal mass: lines from 5% to 95% of the rows, boxes from 25% to 75%, the median across.</figcaption>
            """);
    }

    /// <summary>Sums over a hundred rows.</summary>
    public static Html Sums(PageContent content, string slice, string id)
    {
        ImmutableArray<(PageModel Model, ImmutableArray<SumPoint> Sums)> drawn =
            [.. content.Models.Reverse().Select(model => (model, model.Curves.GetValueOrDefault(slice)?.Sums ?? []))];
        IEnumerable<double> both = drawn.SelectMany(model => model.Sums).SelectMany(sum => new[] { sum.Predicted, sum.Seen });
        ChartFrame frame = Frame(ChartAxis.Over($"predicted, sums of 100 rows{content.InUnit}", both), ChartAxis.Over("seen", both));
        Plot plot = Chart.Empty(frame);
        foreach ((PageModel model, ImmutableArray<SumPoint> sums) in drawn.Where(model => !model.Sums.IsEmpty))
        {
            Scatter points = plot.Add.ScatterPoints(sums.Select(sum => sum.Predicted).ToArray(), sums.Select(sum => sum.Seen).ToArray(), model.Color.StandIn);
            points.MarkerSize = 5;
        }

        return Html.Of($"""
            {Chart.Svg(plot, frame, id, $"Sums of a hundred rows on slice {slice}", Lines.Diagonal(frame))}<figcaption><strong>Sums.</strong> Predicted and seen over a hundred rows each: what remains when single errors cancel.</figcaption>
            """);
    }

    private static Html OfMeans(PageContent content, string slice, string id, ImmutableArray<CalibrationBin> all)
    {
        IEnumerable<double> both = all.SelectMany(bin => new[] { bin.Predicted, bin.Observed });
        ChartFrame frame = Frame(ChartAxis.Over($"mean prediction{content.InUnit}", both), ChartAxis.Over($"mean label{content.InUnit}", all.SelectMany(bin => new[] { bin.Lower, bin.Upper }).Concat(both)));
        Plot plot = Chart.Empty(frame);
        Lines.AddCalibration(plot, content, slice, curves => curves.Calibration, bin => bin.Predicted);
        return Html.Of($"""
            {Chart.Svg(plot, frame, id, $"Calibration curves on slice {slice}", Lines.Diagonal(frame))}<figcaption><strong>Calibration.</strong> Rows in bins of equal mass; bars are 95% intervals of the challenger. On the diagonal, mean prediction and mean label agree.</figcaption>
            """);
    }

    private static Html OfShares(PageContent content, string slice, string id, ImmutableArray<CalibrationBin> all)
    {
        ChartFrame frame = Frame(
            ChartAxis.Over($"mean prediction{content.InUnit}", all.Select(bin => bin.Predicted)), ChartAxis.Over("labels at most the prediction", [0, 1], "0%"));
        Plot plot = Chart.Empty(frame);
        double level = content.Loss.Elicits.Level;
        Lines.AddCalibration(plot, content, slice, curves => curves.Calibration, bin => bin.Predicted);
        return Html.Of($"""
            {Chart.Svg(plot, frame, id, $"Calibration curves on slice {slice}", Lines.Level(frame, level))}<figcaption><strong>Calibration.</strong> Rows in bins of equal mass; bars are 95% intervals of the challenger. On the dashed line, {level:0.0%} of the labels are at most the prediction, as {content.Loss.Title} asks.</figcaption>
            """);
    }

    private static ChartFrame Frame(ChartAxis horizontal, ChartAxis vertical) =>
        new() { Horizontal = horizontal, Vertical = vertical, Left = 20 + (7 * vertical.Ticks.Max(tick => tick.Text.Length)) + 18, IsSlanted = horizontal.Ticks.Sum(tick => tick.Text.Length) > 34, Bottom = 62 };

    private static Html Cells(ImmutableArray<HexagonCell> cells, ChartFrame frame)
    {
        double most = Math.Log(1 + cells.Max(cell => cell.RowCount));
        double[] columns = [.. cells.Select(cell => cell.Predicted).Distinct().Order()];
        double half = columns.Zip(columns.Skip(1), (left, right) => right - left).DefaultIfEmpty(1).Min();
        double across = Seam * (frame.X(half) - frame.X(0));
        double up = Seam * (frame.Y(0) - frame.Y(half * Math.Sqrt(3))) / 3;
        return Html.Join(cells.Select(cell =>
        {
            (double x, double y) = (frame.X(cell.Predicted), frame.Y(cell.Seen));
            return Html.Of($"""
                <path d="M{x:0.#} {y - (2 * up):0.#}l{across:0.#} {up:0.#}v{2 * up:0.#}l{-across:0.#} {up:0.#}l{-across:0.#} {-up:0.#}v{-2 * up:0.#}z" fill="var(--challenger)" fill-opacity="{0.12 + (0.88 * Math.Log(1 + cell.RowCount) / most):0.##}"/>

                """);
        }));
    }

    private static Html Box(ChartFrame frame, int place, ResidualBin bin)
    {
        const double Half = 9;
        double x = frame.X(place);
        return Html.Of($"""
            <path d="M{x:0.#} {frame.Y(bin.Lowest):0.#}V{frame.Y(bin.Highest):0.#}" stroke="var(--challenger)" fill="none"/>
            <path d="M{x - Half:0.#} {frame.Y(bin.Low):0.#}V{frame.Y(bin.High):0.#}H{x + Half:0.#}V{frame.Y(bin.Low):0.#}z" fill="var(--challenger)" fill-opacity=".35" stroke="var(--challenger)"/>
            <path d="M{x - Half:0.#} {frame.Y(bin.Middle):0.#}H{x + Half:0.#}" stroke="var(--challenger)" stroke-width="2.5"/>

            """);
    }
}
