using System.Collections.Immutable;
using System.Globalization;

namespace Lifecycle.Domain.Watch;

/// <summary>Judges what a look at a new Champion measured. Pure.</summary>
public static class PromotionRules
{
    /// <summary>The report with its verdict: Breached by any figure, Healthy only when traffic suffices and no figure is above its bound.</summary>
    public static PromotionReport Judge(PromotionReport report, PromotionWatchPolicy policy)
    {
        ImmutableArray<string> breaches =
        [
            .. report.Figures.Where(figure => IsBreached(figure, policy))
                .Select(figure => Sentence(figure, policy)),
        ];
        if (!breaches.IsEmpty)
        {
            return report with { Verdict = PromotionVerdict.Breached, Reasons = breaches };
        }

        return report.RowCount < policy.MinimumRows
            ? report with { Verdict = PromotionVerdict.Inconclusive, Reasons = [$"{report.RowCount} rows since the promotion, fewer than the {policy.MinimumRows} that say something"] }
            : report with { Verdict = PromotionVerdict.Healthy, Reasons = [.. report.Figures.Select(figure => Within(figure, policy))] };
    }

    /// <summary>Whether a figure is above its bound beyond what chance explains, on rows enough.</summary>
    public static bool IsBreached(PromotionFigure figure, PromotionWatchPolicy policy) =>
        figure.Rows >= policy.MinimumRows && figure.LowerBound > BoundOf(figure.Kind, policy);

    /// <summary>The policy's bound for a figure.</summary>
    public static double BoundOf(PromotionFigureKind kind, PromotionWatchPolicy policy) => kind switch
    {
        PromotionFigureKind.Predictions => policy.MaximumPredictionShift,
        PromotionFigureKind.Refusals => policy.MaximumRefusalRise,
        PromotionFigureKind.Loss => policy.MaximumLossRise,
        _ => policy.MaximumLatencyRatio,
    };

    /// <summary>What a figure is, in words.</summary>
    public static string NameOf(PromotionFigureKind kind) => kind switch
    {
        PromotionFigureKind.Predictions => "shift of the predictions",
        PromotionFigureKind.Refusals => "rise of the share of refused inputs",
        PromotionFigureKind.MedianLatency => "ratio of the median latency",
        PromotionFigureKind.TailLatency => "ratio of the 99th percentile of the latency",
        _ => "rise of the log loss",
    };

    private static string Within(PromotionFigure figure, PromotionWatchPolicy policy) => figure.Rows < policy.MinimumRows
        ? $"{NameOf(figure.Kind)}: {figure.Rows} rows, fewer than {policy.MinimumRows}"
        : string.Create(CultureInfo.InvariantCulture, $"{NameOf(figure.Kind)} {figure.Effect:0.###}, allowed {BoundOf(figure.Kind, policy):0.###}");

    private static string Sentence(PromotionFigure figure, PromotionWatchPolicy policy) => string.Create(
        CultureInfo.InvariantCulture,
        $"{NameOf(figure.Kind)} {figure.Effect:0.###} (at least {figure.LowerBound:0.###}), allowed {BoundOf(figure.Kind, policy):0.###}: it was {figure.Before:0.####} and is {figure.Now:0.####} on {figure.Rows} rows");
}
