using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Evaluation.Losses;

namespace Lifecycle.Domain.Promotions;

/// <summary>Judges what a look at a new Champion measured. Pure.</summary>
public static class PromotionRules
{
    /// <summary>
    /// The report with its verdict: Breached by any figure that counts; Inconclusive on few rows, and where an effect is above its
    /// bound that chance may explain; else Healthy.
    /// </summary>
    public static PromotionReport Judge(PromotionReport report, PromotionWatchPolicy policy)
    {
        ImmutableArray<PromotionFigure> breached = [.. report.Figures.Where(figure => Counts(figure, report, policy) && IsBreached(figure, policy))];
        if (!breached.IsEmpty)
        {
            return report with { Verdict = PromotionVerdict.Breached, Reasons = [.. breached.Select(figure => Sentence(report, figure, policy))] };
        }

        if (report.RowCount < policy.MinimumRows)
        {
            return report with { Verdict = PromotionVerdict.Inconclusive, Reasons = [$"{report.RowCount} rows since the promotion, fewer than the {policy.MinimumRows} that say something"] };
        }

        bool isOpen = report.Figures.Any(figure => Counts(figure, report, policy)
            && (figure.Inconclusive is not null || figure.Effect > BoundOf(figure.Kind, policy)));
        return report with
        {
            Verdict = isOpen ? PromotionVerdict.Inconclusive : PromotionVerdict.Healthy,
            Reasons = [.. report.Figures.Select(figure => Standing(report, figure, policy))],
        };
    }

    /// <summary>Whether something is breached that is harm by itself: anything but the predictions, which a better Champion shifts too.</summary>
    public static bool ShowsHarm(PromotionReport report, PromotionWatchPolicy policy) =>
        report.Figures.Any(figure => figure.Kind != PromotionFigureKind.Predictions && IsBreached(figure, policy));

    /// <summary>Whether a figure is above its bound beyond what chance explains, on rows enough.</summary>
    public static bool IsBreached(PromotionFigure figure, PromotionWatchPolicy policy) =>
        figure.Inconclusive is null && figure.Rows >= policy.MinimumRows && figure.LowerBound > BoundOf(figure.Kind, policy);

    /// <summary>The policy's bound for a figure.</summary>
    public static double BoundOf(PromotionFigureKind kind, PromotionWatchPolicy policy) => kind switch
    {
        PromotionFigureKind.Predictions => policy.MaximumPredictionShift,
        PromotionFigureKind.Refusals => policy.MaximumRefusalRise,
        PromotionFigureKind.Loss => policy.MaximumLossRise,
        _ => policy.MaximumLatencyRatio,
    };

    /// <summary>What a figure of a report is, in words.</summary>
    public static string NameOf(PromotionReport report, PromotionFigureKind kind) => kind switch
    {
        PromotionFigureKind.Predictions => "shift of the predictions",
        PromotionFigureKind.Refusals => "rise of the share of refused inputs",
        PromotionFigureKind.MedianLatency => "ratio of the median latency",
        PromotionFigureKind.TailLatency => "ratio of the 99th percentile of the latency",
        _ => $"rise of the {(Loss.TryParse(report.Loss ?? "logLoss", out Loss? loss, out _) ? loss.Title : report.Loss)}",
    };

    // Other answers are a sign of worse ones while nobody knows which are right, and none once the loss is measured.
    private static bool Counts(PromotionFigure figure, PromotionReport report, PromotionWatchPolicy policy) =>
        figure.Kind != PromotionFigureKind.Predictions
        || !report.Figures.Any(other => other is { Kind: PromotionFigureKind.Loss, Inconclusive: null } && other.Rows >= policy.MinimumRows);

    private static string Standing(PromotionReport report, PromotionFigure figure, PromotionWatchPolicy policy) => figure.Inconclusive is { } reason
        ? $"{NameOf(report, figure.Kind)} is inconclusive because {reason}"
        : figure.Rows < policy.MinimumRows
        ? $"{NameOf(report, figure.Kind)}: {figure.Rows} inputs, fewer than {policy.MinimumRows}"
        : string.Create(CultureInfo.InvariantCulture, $"{NameOf(report, figure.Kind)} {figure.Effect:0.###}, allowed {BoundOf(figure.Kind, policy):0.###}");

    private static string Sentence(PromotionReport report, PromotionFigure figure, PromotionWatchPolicy policy) => string.Create(
        CultureInfo.InvariantCulture,
        $"{NameOf(report, figure.Kind)} {figure.Effect:0.###} (at least {figure.LowerBound:0.###}), allowed {BoundOf(figure.Kind, policy):0.###}: {(figure.Class is { } name ? $"the share of '{name}'" : "it")} was {figure.Before:0.####} and is {figure.Now:0.####} on {figure.Rows} inputs");
}
