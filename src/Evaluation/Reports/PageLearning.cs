using Lifecycle.Domain.Training;
using ScottPlot;

namespace Lifecycle.Evaluation.Reports;

/// <summary>What the Challenger learnt from: importance of columns and features, and its loss round by round.</summary>
internal static class PageLearning
{
    private const int ShownFeatures = 20;

    public static Html Section(PageContent content, LearnedModel? learned) => learned is null
        ? new Html(string.Empty)
        : Html.Of($"""
            <section>
            <h2>What it learnt from</h2>
            {Importance(learned)}{Curve(content, learned)}</section>

            """);

    private static Html Importance(LearnedModel learned) => learned.Measure is { } measure
        ? Html.Of($"""
            <p class="lead">{Words(measure)} {learned.UsedCount:N0} of {learned.FeatureCount:N0} features do something.</p>
            {Table("By column", "Column", learned.Columns.Select(column => (column.Column, "", column.Size, column.Share)))}
            {Table(learned.UsedCount > ShownFeatures ? $"The first {ShownFeatures} features" : "By feature", "Feature", learned.Features.Take(ShownFeatures).Select(feature => (feature.Feature, feature.Column, feature.Value, feature.Share)))}
            """)
        : new Html(string.Empty);

    private static string Words(ImportanceMeasure measure) => measure switch
    {
        ImportanceMeasure.Gain => "Gain: by how much the splits on a feature lowered the objective on the training rows, over all trees.",
        _ => "Standardised coefficients: by how much the raw score moves with one standard deviation of a feature; shares are of absolute values.",
    };

    private static Html Table(string caption, string noun, IEnumerable<(string Name, string Of, double Value, double Share)> rows) => Html.Of($"""
        <table class="importance">
        <caption>{caption}</caption>
        <thead><tr><th scope="col">{noun}</th><th scope="col" class="drawn">Share</th><th scope="col">Importance</th></tr></thead>
        <tbody>
        {Html.Join(rows.Select(row => Html.Of($"""
            <tr><th scope="row">{row.Name}{Of(row)}</th><td class="drawn"><div class="scale"><i class="share" style="width:{100 * row.Share:0.##}%"></i></div><span>{row.Share:0.0%}</span></td><td data-label="Importance">{row.Value:G5}</td></tr>

            """)))}</tbody>
        </table>

        """);

    private static Html Of((string Name, string Of, double Value, double Share) row) => row.Of.Length == 0 || row.Of == row.Name ? new Html(string.Empty) : Html.Of($" <span>{row.Of}</span>");

    private static Html Curve(PageContent content, LearnedModel learned)
    {
        if (learned.Curve is not { Points.Length: > 1 } curve)
        {
            return new Html(string.Empty);
        }

        LearningPoint[] training = [.. curve.Points.Where(point => point.Training is not null)];
        LearningPoint[] validation = [.. curve.Points.Where(point => point.Validation is not null)];
        ChartFrame frame = new()
        {
            Horizontal = ChartAxis.Over("round", curve.Points.Select(point => (double)point.Round).Append(0)),
            Vertical = ChartAxis.Over(curve.Loss, training.Select(point => point.Training!.Value).Concat(validation.Select(point => point.Validation!.Value)), "G4"),
            Left = 72,
        };
        Plot plot = Chart.Empty(frame);
        Draw(plot, training, point => point.Training!.Value, ChartColor.Challenger);
        Draw(plot, validation, point => point.Validation!.Value, ChartColor.Reference);
        return Html.Of($"""
            <p class="legend"><span><i style="background:{ChartColor.Challenger.Variable}"></i>training rows</span>{(validation.Length == 0 ? new Html(string.Empty) : Html.Of($"<span><i style=\"background:{ChartColor.Reference.Variable}\"></i>rows that it stops by</span>"))}</p>
            <div class="charts">
            <figure>{Chart.Svg(plot, frame, "learning", $"Loss of {content.Subject.Model} by round of the training", Kept(frame, curve))}<figcaption><strong>Learning.</strong> {Caption(curve, validation.Length > 0)}</figcaption>
            </figure>
            </div>

            """);
    }

    private static string Caption(LearningCurve curve, bool stops) => stops
        ? FormattableString.Invariant($"The loss after each round, with the weights of the training; the model keeps {curve.Kept:N0} of {curve.Points[^1].Round:N0} rounds, up to the smallest loss of rows that it did not learn from.")
        : FormattableString.Invariant($"The loss of the training rows after each of {curve.Points[^1].Round:N0} rounds; no rows were set apart to stop by, so it cannot show when learning by heart began.");

    private static void Draw(Plot plot, LearningPoint[] points, Func<LearningPoint, double> loss, ChartColor color)
    {
        if (points.Length > 0)
        {
            var line = plot.Add.Scatter(points.Select(point => (double)point.Round).ToArray(), points.Select(loss).ToArray(), color.StandIn);
            line.LineWidth = 2;
            line.MarkerSize = points.Length == 1 ? 6 : 0;
        }
    }

    private static Html Kept(ChartFrame frame, LearningCurve curve) => Html.Of($"""
        <path d="M{frame.X(curve.Kept):0.#} {frame.Y(frame.Vertical.From):0.#}L{frame.X(curve.Kept):0.#} {frame.Y(frame.Vertical.To):0.#}" stroke="{ChartColor.Ideal.Variable}" stroke-dasharray="5 4" fill="none"/>

        """);
}
