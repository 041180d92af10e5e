using System.Collections.Immutable;
using Lifecycle.Domain.Training;
using static System.FormattableString;

namespace Lifecycle.Domain.Drift;

/// <summary>What a DriftReport says under a policy, before anything that is remembered.</summary>
internal sealed record WindowReading
{
    /// <summary>The window.</summary>
    public required string WindowId { get; init; }

    /// <summary>Whether rules 3 and 4 and the arming may use it: enough rows, and every figure a number.</summary>
    public required bool Tells { get; init; }

    /// <summary>The strongest level.</summary>
    public required DriftLevel Level { get; init; }

    /// <summary>The estimates that rose enough to count, as sentences.</summary>
    public required ImmutableArray<string> EstimatedRises { get; init; }

    /// <summary>Whether enough of the figures have drifted to count, and no estimate shows that it does no harm.</summary>
    public required bool DriftShareCounts { get; init; }

    /// <summary>Why enough drifted figures do not count: what shows that they do no harm, a sentence; null where nothing does, or too few have drifted.</summary>
    public required string? Harmless { get; init; }

    /// <summary>What could not be used, as sentences.</summary>
    public required ImmutableArray<string> Doubts { get; init; }

    /// <summary>Reads a report.</summary>
    public static WindowReading Of(DriftPolicy policy, DriftReport report)
    {
        string[] defects = [.. Defects(policy, report)];
        bool tells = defects is [];
        bool drifted = tells && report.DriftShare >= policy.DriftShare;
        string? harmless = drifted ? HarmlessOf(policy, report) : null;
        return new WindowReading
        {
            WindowId = report.Window.Id,
            Tells = tells,
            Level = report.Level,
            EstimatedRises = tells ? [.. EstimatedRisesOf(policy, report.Losses)] : [],
            DriftShareCounts = drifted && harmless is null,
            Harmless = harmless,
            Doubts = [.. defects, .. report.Unmeasured, .. Losses(report.Losses).Where(loss => loss.Change.Inconclusive is not null)
                .Select(loss => $"The {loss.Name} loss does not count: {loss.Change.Inconclusive}")],
        };
    }

    /// <summary>Whether a loss may be used: its conditions hold, and it is a number.</summary>
    public static bool IsUsable(LossChange? loss) => loss is { Inconclusive: null } && IsNumber(loss);

    private static bool IsNumber(LossChange loss) => double.IsFinite(loss.Change) && !double.IsNaN(loss.Lower) && !double.IsNaN(loss.Upper);

    private static IEnumerable<string> Defects(DriftPolicy policy, DriftReport report)
    {
        if (report.RowCount < policy.MinimumRows)
        {
            yield return Invariant($"It holds {report.RowCount} rows, fewer than the {policy.MinimumRows} that are needed to tell.");
        }
        else if (report.Level == DriftLevel.Inconclusive)
        {
            yield return "Its report is Inconclusive.";
        }

        if (report.DriftShare is not (>= 0 and <= 1))
        {
            yield return Invariant($"Its drift share is {report.DriftShare}, expected 0 to 1.");
        }

        foreach (FigureDrift figure in report.Figures.Where(figure => figure.Effects.Any(
            effect => double.IsNaN(effect.Value) || double.IsNaN(effect.AdjustedPValue))))
        {
            yield return $"Its figure {figure.Name} holds an effect or a p-value that is no number.";
        }

        foreach ((string name, LossChange loss) in Losses(report.Losses).Where(loss => loss.Change.Inconclusive is null && !IsNumber(loss.Change)))
        {
            yield return Invariant($"Its {name} loss has changed by {loss.Change} [{loss.Lower}, {loss.Upper}], which is no number.");
        }
    }

    // An estimate sees nothing of keys that the TrainingSet lacks: where many more have come, none shows that they do no harm.
    private static string? HarmlessOf(DriftPolicy policy, DriftReport report)
    {
        (string Name, LossChange? Change)[] usable = [.. WithoutLabels(report.Losses).Where(loss => IsUsable(loss.Change))];
        bool isHarmless = usable is not []
            && usable.All(loss => loss.Change!.Upper < policy.HarmlessRise)
            && !report.Figures.SelectMany(figure => figure.Effects)
                .Any(effect => effect.Measure == DriftMeasure.SeenShare && FigureJudgement.Of(effect, policy) == DriftLevel.Act);
        return policy.HarmlessRise > 0 && isHarmless
            ? Invariant($"The drifted figures do not count, for the loss without labels is known to have risen by less than {policy.HarmlessRise * 100:0.#}%: {string.Join("; ", usable.Select(loss => Invariant($"the {loss.Name} loss by {loss.Change!.Change * 100:+0.0;−0.0}%, 95% interval up to {loss.Change.Upper * 100:+0.0;−0.0}%")))}.")
            : null;
    }

    private static (string Name, LossChange? Change)[] WithoutLabels(LossEvidence losses) =>
        [("estimated", losses.Estimated), ("weighted", losses.Weighted)];

    private static IEnumerable<string> EstimatedRisesOf(DriftPolicy policy, LossEvidence losses) =>
        from loss in WithoutLabels(losses)
        where IsUsable(loss.Change) && loss.Change!.Change >= policy.EstimatedRise && loss.Change.Lower > 0
        select Invariant($"the {loss.Name} loss is {loss.Change.Window:0.0000} against {loss.Change.Baseline:0.0000}, {loss.Change.Change * 100:+0.0}% with a 95% interval from {loss.Change.Lower * 100:+0.0;−0.0}%");

    private static IEnumerable<(string Name, LossChange Change)> Losses(LossEvidence losses)
    {
        (string Name, LossChange? Change)[] single = [("labelled", losses.Labelled), ("estimated", losses.Estimated), ("weighted", losses.Weighted)];
        return single.Where(loss => loss.Change is not null)
            .Concat(losses.Slices.Select(slice => (Name: $"labelled ('{slice.Key}')", Change: (LossChange?)slice.Value)))
            .Select(loss => (loss.Name, loss.Change!));
    }
}
