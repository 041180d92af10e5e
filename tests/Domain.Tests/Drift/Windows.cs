using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Domain.Tests.Drift;

/// <summary>Daily windows of a model, counted from 2024-01-01, and what was measured in them.</summary>
internal static class Windows
{
    public static DateTimeOffset Start { get; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DriftEvidence Quiet(int day) => new() { Report = Report(day), Now = Start.AddDays(day + 1) };

    public static DriftEvidence AtWarn(int day) =>
        Quiet(day).With(report => report with { Level = DriftLevel.Warn, WarnCount = 1, Figures = [Figure(0.15, DriftLevel.Warn)] });

    public static DriftEvidence AtAct(int day, double share = 0.1) =>
        Quiet(day).With(report => report with { Level = DriftLevel.Act, ActCount = 1, DriftShare = share, Figures = [Figure(0.4, DriftLevel.Act)] });

    public static DriftEvidence Thin(int day) =>
        Quiet(day).With(report => report with { RowCount = 499, Level = DriftLevel.Inconclusive });

    public static DriftEvidence Broken(int day) => AtAct(day, share: 1).With(report => report with
    {
        Breaches =
        [
            new ValidationFinding(FindingSeverity.Warning, "range", "age", "-1", "0 or more"),
            new ValidationFinding(FindingSeverity.Error, "nullRate", "country", "0.97", "at most 0.01"),
        ],
    });

    public static DriftEvidence LabelledLoss(int day, double lower) =>
        Quiet(day).With(report => report with { Losses = report.Losses with { Labelled = Rise(lower + 0.05, lower) } });

    public static DriftEvidence EstimatedLoss(int day, double rise, double lower = 0.05) =>
        Quiet(day).With(report => report with { Losses = report.Losses with { Estimated = Rise(rise, lower) } });

    public static DriftEvidence With(this DriftEvidence evidence, Func<DriftReport, DriftReport> change) =>
        evidence with { Report = change(evidence.Report) };

    public static DriftEvidence WithRuns(this DriftEvidence evidence, RunFacts runs) => evidence with { Runs = runs };

    public static LossChange Rise(double change, double lower) => new()
    {
        Baseline = 0.4,
        Window = 0.4 * (1 + change),
        Change = change,
        Lower = lower,
        Upper = (2 * change) - lower,
        RowCount = 2_000,
    };

    /// <summary>Decides on windows in turn; the verdicts and the state after the last.</summary>
    public static (ImmutableArray<DriftFinding> Findings, DriftState State) Decide(
        this DriftPolicy policy, DriftState before, params DriftEvidence[] windows)
    {
        List<DriftFinding> findings = [];
        foreach (DriftEvidence evidence in windows)
        {
            DriftFinding finding = DriftDecisions.Decide(policy, before, evidence);
            findings.Add(finding);
            before = finding.After;
        }

        return ([.. findings], before);
    }

    public static DriftVerdict[] Verdicts(this DriftPolicy policy, params DriftEvidence[] windows) =>
        [.. policy.Decide(DriftState.Initial, windows).Findings.Select(finding => finding.Verdict)];

    private static DriftReport Report(int day) => new()
    {
        Model = "tracker-host",
        Window = new WatchWindow(
            Start.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00Z-1d", Start.AddDays(day), Start.AddDays(day + 1), Start.AddDays(day + 1)),
        BaselineId = "first",
        ChannelVersion = 1,
        ModelDigest = "model",
        RowCount = 2_000,
        FigureCount = 6,
        Level = DriftLevel.None,
    };

    private static FigureDrift Figure(double effect, DriftLevel level) => new()
    {
        Name = "length",
        Kind = FigureKind.Numeric,
        Level = level,
        Effects = [new DriftEffect(DriftMeasure.Wasserstein, effect, 0.1, 0.2, 1e-12, 6e-12)],
    };
}
