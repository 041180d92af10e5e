using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Drift;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Drift;

namespace Lifecycle.DriftYear;

/// <summary>Measures windows: a data contract of two rules, figures against the DriftBaseline, losses against the Holdout.</summary>
internal sealed class WindowReports(Scenario scenario, Traffic traffic, DriftPolicy policy)
{
    private const double MaximumNullRate = 0.1;
    private const double LargestAmount = 20;

    private static readonly DateTimeOffset FirstDay = new(2024, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly WindowCalendar calendar = new(TimeSpan.FromDays(scenario.WindowDays), TimeSpan.Zero);

    /// <summary>The report on a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="live">The live version.</param>
    /// <param name="blocked">Days whose rows are broken: their labels say nothing about the model.</param>
    public DriftReport Measure(int window, LiveVersion live, HashSet<int> blocked)
    {
        Row[] rows = [.. scenario.DaysOf(window).SelectMany(traffic.Day)];
        WindowDrift drift = live.Compare(rows, policy);
        Row[] labelled = [.. scenario.DaysOf(window).Select(day => day - scenario.LabelDelay).Where(day => !blocked.Contains(day)).SelectMany(traffic.Day)];
        return new DriftReport
        {
            Model = "generated",
            Window = calendar.Containing(FirstDay.AddDays(window * scenario.WindowDays)),
            BaselineId = live.BaselineId,
            ChannelVersion = 1,
            ModelDigest = live.BaselineId,
            RowCount = rows.Length,
            LabelledCount = labelled.Length,
            Breaches = [.. Breaches(rows)],
            Figures = drift.Figures,
            FigureCount = drift.FigureCount,
            WarnCount = drift.WarnCount,
            ActCount = drift.ActCount,
            DriftShare = drift.DriftShare,
            Losses = Losses(live, rows, labelled, drift.DriftShare >= policy.DriftShare),
            Level = drift.Level,
        };
    }

    private static IEnumerable<ValidationFinding> Breaches(Row[] rows)
    {
        double missing = (double)rows.Count(row => row.Tenure is null) / rows.Length;
        if (missing > MaximumNullRate)
        {
            yield return new(FindingSeverity.Error, "nullRate", "tenure", missing.ToString("0.000", CultureInfo.InvariantCulture), $"at most {MaximumNullRate}");
        }

        double largest = rows.Max(row => Math.Abs(row.Amount));
        if (largest > LargestAmount)
        {
            yield return new(FindingSeverity.Error, "range", "amount", largest.ToString("0.0", CultureInfo.InvariantCulture), $"at most {LargestAmount}");
        }
    }

    private LossEvidence Losses(LiveVersion live, Row[] rows, Row[] labelled, bool hasDrifted)
    {
        LossEvidence estimated = Measure(live, live.Scored(rows, withLabels: false), hasDrifted);
        LossEvidence known = labelled is [] ? new LossEvidence() : Measure(live, live.Scored(labelled, withLabels: true), isAsked: false);
        return known with { Estimated = estimated.Estimated };
    }

    // An interval's lower bound is not above the change itself: where the change is not half of what a rule asks for, and
    // no upper bound is asked for either, no verdict can come from it, and no interval is drawn.
    private LossEvidence Measure(LiveVersion live, LossRows window, bool isAsked)
    {
        LossInput input = new()
        {
            Target = new Target.Binary(), Loss = new LogLoss(isBalanced: true), Holdout = live.Holdout, Window = window, Policy = policy, BootstrapSamples = 1,
        };
        LossEvidence sketch = LossComparison.Measure(input);
        return isAsked || sketch.Labelled?.Change >= policy.LossRise / 2 || sketch.Estimated?.Change >= policy.EstimatedRise / 2
            ? LossComparison.Measure(input with { BootstrapSamples = 1000 })
            : sketch with { Labelled = WithoutInterval(sketch.Labelled), Estimated = WithoutInterval(sketch.Estimated) };
    }

    private static LossChange? WithoutInterval(LossChange? loss) =>
        loss is null ? null : loss with { Lower = loss.Change, Upper = loss.Change };
}
