using Lifecycle.Domain.Data;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Publishing.Tests.Watching;

/// <summary>Evidence on daily windows of a model.</summary>
internal static class SampleWindows
{
    public const string Model = "tracker-host";

    private static readonly WindowCalendar Calendar = new(TimeSpan.FromDays(1), TimeSpan.Zero);
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DriftPolicy Policy { get; } = new();

    /// <summary>A window on which half of the figures have drifted: the second in a row asks for a RetrainingRun.</summary>
    public static DriftEvidence Drifted(int day, double secondsLater = 0)
    {
        WatchWindow window = Calendar.Containing(Start.AddDays(day));
        return new DriftEvidence
        {
            Now = window.AsOf.AddSeconds(secondsLater),
            Report = new DriftReport
            {
                Model = Model,
                Window = window,
                BaselineId = new string('b', 64),
                ChannelVersion = 1,
                ModelDigest = new string('d', 64),
                RowCount = 2_000,
                FigureCount = 2,
                ActCount = 1,
                DriftShare = 0.5,
                Figures = [Figure("length", 0.4)],
                Level = DriftLevel.Act,
            },
        };
    }

    /// <summary>A window whose rows break the data contract.</summary>
    public static DriftEvidence Broken(int day) => Drifted(day).With(report => report with
    {
        Breaches = [new ValidationFinding(FindingSeverity.Error, "nullRate", "country", "0.97", "at most 0.01")],
    });

    public static FigureDrift Figure(string name, double effect) => new()
    {
        Name = name,
        Kind = FigureKind.Numeric,
        Level = DriftLevel.Act,
        Effects =
        [
            .. Enum.GetValues<DriftMeasure>().Take(4).Select(measure => new DriftEffect(measure, effect / 3, 0.1, 0.2, 1.2345678901234567e-101, 1.2345678901234567e-99)),
        ],
    };

    public static DriftEvidence With(this DriftEvidence evidence, Func<DriftReport, DriftReport> change) =>
        evidence with { Report = change(evidence.Report) };
}
