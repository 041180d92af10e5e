using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Evaluation.Drift;

namespace Lifecycle.Evaluation.Reports.Drift;

/// <summary>What happened to the loss: one row for each way to measure it, with its interval on a common scale or why there is none.</summary>
internal static class DriftLosses
{
    public static Html Section(DriftDocument document)
    {
        ImmutableArray<Line> lines = [.. Lines(document.Report, document.Policy)];
        Scale scale = Scale.Of(lines);
        return Html.Of($"""
            <section>
            <h2>Loss</h2>
            <p class="lead">Change of the live model’s {DriftWords.LossOf(document.Report).Title} from the champion’s holdout to the window, with its 95% interval. Right of the line is worse; the small mark is the bound from which the policy counts it.</p>
            {(lines.IsEmpty ? new Html("""<p class="none">No loss was measured for this window.</p>""") : Table(lines, scale))}
            </section>

            """);
    }

    private static IEnumerable<Line> Lines(DriftReport report, DriftPolicy policy)
    {
        LossEvidence losses = report.Losses;
        if (losses.Labelled is { } labelled)
        {
            yield return new Line("Labelled rows", "the loss itself, as far as labels have come", labelled, policy.LossRise);
        }

        foreach ((string name, LossChange change) in losses.Slices)
        {
            yield return new Line($"Slice “{name}”", "the same on a protected slice", change, policy.ProtectedSliceRise);
        }

        if (losses.Weighted is { } weighted)
        {
            yield return new Line("Weighted holdout", "sees other rows, never other answers", weighted, policy.EstimatedRise);
        }

        if (losses.Estimated is { } estimated)
        {
            yield return LossComparison.IsEstimatedByConfidence(DriftWords.LossOf(report))
                ? new Line("Model’s own confidence", "sees neither other answers nor new regions", estimated, policy.EstimatedRise)
                : new Line("Model of the losses", "learnt on the holdout; sees neither other answers nor new regions", estimated, policy.EstimatedRise);
        }
    }

    private static Html Table(ImmutableArray<Line> lines, Scale scale) => Html.Of($"""
        <table class="losses">
        <thead><tr><th scope="col">Measured on</th><th scope="col" class="drawn">{Direction(lines, scale)}</th><th scope="col">Change</th><th scope="col">95% interval</th><th scope="col">Holdout → window</th><th scope="col">Rows</th></tr></thead>
        <tbody>
        {Html.Join(lines.Select(line => Row(line, scale)))}
        </tbody>
        </table>

        """);

    private static Html Direction(ImmutableArray<Line> lines, Scale scale) => lines.All(line => line.Change.Inconclusive is not null)
        ? new Html(string.Empty)
        : Html.Of($"""<div class="scale"><span style="left:clamp(64px,{scale.Of(0):0.##}%,100% - 64px)">better ◂ 0 ▸ worse</span></div>""");

    private static Html Row(Line line, Scale scale) => line.Change.Inconclusive is { } why
        ? Html.Of($"""
            <tr>
            <th scope="row">{line.Name}<small>{line.Meaning}</small></th>
            <td class="why" colspan="4"><span class="badge plain">inconclusive</span> {why}</td>
            <td data-label="Rows">{line.Change.RowCount:N0}</td>
            </tr>

            """)
        : Html.Of($"""
            <tr>
            <th scope="row">{line.Name}<small>{line.Meaning}</small></th>
            <td class="drawn"><div class="scale"><i class="zero" style="left:{scale.Of(0):0.##}%"></i><i class="bound" style="left:{scale.Of(line.Bound):0.##}%"></i><i class="span {Tone(line.Change)}" style="left:{scale.Of(line.Change.Lower):0.##}%;width:{scale.Of(line.Change.Upper) - scale.Of(line.Change.Lower):0.##}%"></i><i class="point {Tone(line.Change)}" style="left:{scale.Of(line.Change.Change):0.##}%"></i></div></td>
            <td data-label="Change"><b>{DriftWords.Change(line.Change.Change)}</b></td>
            <td data-label="95% interval">{DriftWords.Change(line.Change.Lower)} to {DriftWords.Change(line.Change.Upper)}</td>
            <td data-label="Holdout → window">{line.Change.Baseline:0.0000} → {line.Change.Window:0.0000}</td>
            <td data-label="Rows">{line.Change.RowCount:N0}</td>
            </tr>

            """);

    private static string Tone(LossChange change) => change switch
    {
        { Lower: > 0 } => "worse",
        { Upper: < 0 } => "better",
        _ => "unclear",
    };

    private sealed record Line(string Name, string Meaning, LossChange Change, double Bound);

    /// <summary>Places a relative change on the drawing, in percent of its width; zero and the bounds are always on it.</summary>
    private sealed record Scale(double Minimum, double Maximum)
    {
        private const double Margin = 0.06;

        public static Scale Of(ImmutableArray<Line> lines)
        {
            LossChange[] drawn = [.. lines.Select(line => line.Change).Where(change => change.Inconclusive is null)];
            double minimum = drawn.Select(change => change.Lower).Append(-0.05).Min();
            double maximum = drawn.Select(change => change.Upper).Concat(lines.Select(line => line.Bound)).Append(0.05).Max();
            double margin = (maximum - minimum) * Margin;
            return new Scale(minimum - margin, maximum + margin);
        }

        public double Of(double change) => 100 * (change - Minimum) / (Maximum - Minimum);
    }
}
