using System.Collections.Immutable;
using Lifecycle.Alerting.Tests.Grouping;
using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Alerting.Tests.Rules;

public sealed class AlertRulesTests
{
    private static readonly DateTimeOffset Now = Samples.Start;
    private static readonly TimeSpan Limit = TimeSpan.FromHours(24);

    public static TheoryData<string> AgeRules() => ["approval", "channel", "decision", "schedule", "backup"];

    [Theory]
    [MemberData(nameof(AgeRules))]
    public void AgeRule_FiresPastItsLimit_AndNotAtIt(string name)
    {
        (AlertRule rule, Func<DateTimeOffset, AlertFacts> facts) = AgeRule(name);

        Assert.Empty(Evaluate(rule, facts(Now - Limit)));
        Alert alert = Assert.Single(Evaluate(rule, facts(Now - Limit - TimeSpan.FromSeconds(1))));
        Assert.Equal(Now - TimeSpan.FromSeconds(1), alert.StartsAt);
        Assert.Equal("the-rule", alert.Rule);
    }

    [Fact]
    public void BackupRule_WithoutAnyBackup_Fires() => Assert.Contains(
        "there is no backup",
        Assert.Single(Evaluate(new AlertRule.BackupAge { Folder = "/b", OlderThan = Limit }, new AlertFacts(Now))).Summary,
        StringComparison.Ordinal);

    [Fact]
    public void ScheduleRule_OfAPausedSchedule_IsSilent()
    {
        AlertFacts facts = new(Now) { Schedules = [new ScheduleFact("s", Now - TimeSpan.FromDays(30), IsPaused: true)] };
        Assert.Empty(Evaluate(new AlertRule.ScheduleMissed { LaterThan = Limit }, facts));
    }

    [Fact]
    public void AgeRule_OfOneModel_IsSilentAboutOthers()
    {
        AlertFacts facts = new(Now) { Approvals = [new WaitingApproval(RequestKind.Retrain, "m", "production", "retrain/m", Now - TimeSpan.FromDays(3))] };
        Assert.Single(Evaluate(new AlertRule.ApprovalAge { LongerThan = Limit, Model = "m" }, facts));
        Assert.Empty(Evaluate(new AlertRule.ApprovalAge { LongerThan = Limit, Model = "n" }, facts));
    }

    [Fact]
    public void RunRollbackAndColdStart_OfOneModelThatAllWait_AreThreeAlerts_EachWithItsCommand()
    {
        AlertFacts facts = new(Now)
        {
            Approvals =
            [
                new(RequestKind.Retrain, "m", "production", "retrain/m", Now - (2 * Limit)),
                new(RequestKind.Rollback, "m", "production", "rollback/m/production", Now - (2 * Limit)),
                new(RequestKind.ColdStart, "m", "production", "cold-start/m", Now - (2 * Limit)),
            ],
        };

        Alert[] alerts = [.. Evaluate(new AlertRule.ApprovalAge { LongerThan = Limit }, facts)];

        Assert.Equal(3, alerts.DistinctBy(alert => alert.Fingerprint).Count());
        Assert.Equal(
            ["'lifecycle approve m'", "'lifecycle approve m --rollback --channel production'", "'lifecycle approve m --cold-start'"],
            alerts.Select(alert => alert.Summary[alert.Summary.IndexOf('\'', StringComparison.Ordinal)..(alert.Summary.IndexOf(" or ", StringComparison.Ordinal))]));
    }

    [Theory]
    [InlineData(0.31, 1)]
    [InlineData(0.3, 0)]
    [InlineData(0.1, 0)]
    [InlineData(0.09, 1)]
    public void ThresholdRule_FiresOutsideItsBounds(double value, int alerts)
    {
        WatchObservation observation = Observation() with { Figures = ImmutableSortedDictionary<string, double>.Empty.Add("lossChange", value) };
        AlertRule rule = new AlertRule.Threshold { Figure = "lossChange", Above = 0.3, Below = 0.1 };
        Assert.Equal(alerts, AlertRules.Evaluate([new("t", rule)], observation).Firing.Length);
    }

    [Fact]
    public void DriftRule_OfAThousandFigures_IsOneAlertThatCountsThem()
    {
        WatchObservation observation = Observation() with
        {
            Level = DriftLevel.Act,
            Drifting = [.. Enumerable.Range(1, 1000).Select(number => new AlertFinding($"f{number}", number))],
        };
        Alert alert = Assert.Single(AlertRules.Evaluate([new("drift", new AlertRule.Drift())], observation.Cut()).Firing);

        Assert.Equal(1000, alert.Count);
        Assert.Equal("f1000", alert.Findings[0].Name);
        Assert.Equal(AlertFinding.Shown, alert.Findings.Length);
    }

    [Theory]
    [InlineData(DriftLevel.None, 0, 0)]
    [InlineData(DriftLevel.Inconclusive, 0, 0)]
    [InlineData(DriftLevel.Warn, 0, 0)]
    [InlineData(DriftLevel.Act, 0, 1)]
    [InlineData(DriftLevel.None, 2, 1)]
    public void DriftRule_FiresAtItsLevel_AndOnBrokenData(DriftLevel level, int breaches, int alerts)
    {
        WatchObservation observation = Observation() with { Level = level, BreachCount = breaches };
        Assert.Equal(alerts, AlertRules.Evaluate([new("drift", new AlertRule.Drift())], observation).Firing.Length);
    }

    private static WatchObservation Observation() => new("m", "2026-03-01", Now) { Decision = "Nothing", Reason = "quiet" };

    private static ImmutableArray<Alert> Evaluate(AlertRule rule, AlertFacts facts) => AlertRules.Evaluate([new("the-rule", rule)], facts).Firing;

    private static (AlertRule Rule, Func<DateTimeOffset, AlertFacts> Facts) AgeRule(string name) => name switch
    {
        "approval" => (new AlertRule.ApprovalAge { LongerThan = Limit }, at => new(Now) { Approvals = [new(RequestKind.Retrain, "m", "production", "retrain/m", at)] }),
        "channel" => (new AlertRule.ChannelAge { LongerThan = Limit }, at => new(Now) { Channels = [new("m", "production", 3, at)] }),
        "decision" => (new AlertRule.DecisionLate { LaterThan = Limit }, at => new(Now) { Watches = [new("m", "w", at)] }),
        "schedule" => (new AlertRule.ScheduleMissed { LaterThan = Limit }, at => new(Now) { Schedules = [new("s", at, IsPaused: false)] }),
        _ => (
            new AlertRule.BackupAge { Folder = "/b", OlderThan = Limit },
            at => new(Now) { Backups = ImmutableSortedDictionary<string, DateTimeOffset?>.Empty.Add("/b", at) }),
    };
}
