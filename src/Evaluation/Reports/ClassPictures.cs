using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Curves;
using ScottPlot;

namespace Lifecycle.Evaluation.Reports;

/// <summary>Pictures of answers that are probabilities.</summary>
internal static class ClassPictures
{
    public static Html Calibration(PageContent content, string slice, string id) => Html.Of($"""
        {CalibrationChart(content, slice, id, $"Calibration curves on slice {slice}", "class " + content.Report.Classes[^1], curves => curves.Calibration)}<figcaption><strong>Calibration.</strong> Rows in bins of equal mass, corrected for the slice’s label rate; bars are 95% intervals of the challenger. On the diagonal, predicted and observed agree.</figcaption>
        """);

    public static Html CalibrationOf(PageContent content, string slice, string name, string id) => Html.Of($"""
        {CalibrationChart(content, slice, id, $"Calibration curves of {name} on slice {slice}", name, curves => curves.Classes.FirstOrDefault(found => found.Class == name)?.Bins ?? [])}<figcaption><strong>Calibration of {name}.</strong> Against all other classes; bins of equal mass, corrected for the slice’s class shares.</figcaption>
        """);

    public static Html Gain(PageContent content, string slice, string id)
    {
        ChartFrame frame = ChartFrame.UnitSquare("rows taken", $"class {content.Report.Classes[^1]} found");
        Plot plot = Chart.Empty(frame);
        foreach (PageModel model in content.Models.Reverse())
        {
            if (model.Curves.TryGetValue(slice, out SliceCurves? curves) && !curves.Gain.IsEmpty)
            {
                Lines.Add(plot, [.. curves.Gain.Select(point => point.Taken)], [.. curves.Gain.Select(point => point.Found)], model, markerSize: 0);
            }
        }

        return Html.Of($"""
            {Chart.Svg(plot, frame, id, $"Cumulative gain curves on slice {slice}", Lines.Diagonal(frame))}<figcaption><strong>Cumulative gain.</strong> Taking rows by falling probability, the share of class {content.Report.Classes[^1]} found. The dashed line is chance.</figcaption>
            """);
    }

    private static Html CalibrationChart(
        PageContent content, string slice, string id, string description, string name, Func<SliceCurves, ImmutableArray<CalibrationBin>> bins)
    {
        ChartFrame frame = ChartFrame.UnitSquare("predicted probability", $"observed share of {name}");
        Plot plot = Chart.Empty(frame);
        Lines.AddCalibration(plot, content, slice, bins, bin => bin.Predicted);
        return Chart.Svg(plot, frame, id, description, Lines.Diagonal(frame));
    }
}
