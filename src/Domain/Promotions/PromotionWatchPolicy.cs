namespace Lifecycle.Domain.Promotions;

/// <summary>What a watch after promotion does when the new Champion is worse.</summary>
public enum RollbackReaction
{
    /// <summary>Reports it.</summary>
    None,

    /// <summary>Proposes a rollback, which release engineers decide.</summary>
    Propose,

    /// <summary>Rolls back to the Publication before, which was approved and is verified afresh, within the watch's duration.</summary>
    Automatic,
}

/// <summary>
/// How a new Champion is watched against the one before, section <c>watch.afterPromotion</c> of a model definition. A bound is
/// passed only when the measured difference, less what chance explains, is above it.
/// </summary>
public sealed record PromotionWatchPolicy
{
    /// <summary>Figures that are compared at each look.</summary>
    public const int FigureCount = 5;

    /// <summary>How long after the promotion. Nothing rolls back by policy later.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Time between two looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Fewer different inputs behind a figure than this say nothing.</summary>
    public long MinimumRows { get; init; } = 500;

    /// <summary>Probability that a watch of a new Champion which is as good as the old one ever raises a false alarm, over all its looks and figures.</summary>
    public double FalseAlarmRate { get; init; } = 0.01;

    /// <summary>Most that the share of refused inputs may rise, absolute.</summary>
    public double MaximumRefusalRise { get; init; } = 0.02;

    /// <summary>Most that the median or the 99th percentile of the latency may be a multiple of what it was.</summary>
    public double MaximumLatencyRatio { get; init; } = 2;

    /// <summary>Largest population stability index of the predictions of both Champions on the same inputs; counts while the loss is not measured.</summary>
    public double MaximumPredictionShift { get; init; } = 0.5;

    /// <summary>Most that the loss on labelled rows may exceed that of the old Champion on the same rows, as a share of it.</summary>
    public double MaximumLossRise { get; init; } = 0.05;

    /// <summary>What to do when a bound is passed.</summary>
    public RollbackReaction Rollback { get; init; } = RollbackReaction.Propose;

    /// <summary>
    /// Level of one figure at one look: <see cref="FalseAlarmRate"/> spent evenly over every figure of every look there can be
    /// (Bonferroni), which holds however the looks depend on each other.
    /// </summary>
    public double LookLevel()
    {
        double looks = Math.Max(1, Math.Ceiling(Duration / Interval));
        return FalseAlarmRate / (looks * FigureCount);
    }
}
