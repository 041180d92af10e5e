using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.Alerts;

/// <summary>The rules over how long something waits, or how old it is.</summary>
internal static class AgeRules
{
    /// <summary>The alerts of one rule; none for a rule over a watch.</summary>
    public static IEnumerable<Alert> Evaluate(string name, AlertRule rule, AlertFacts facts) => rule switch
    {
        AlertRule.ApprovalAge approval => facts.Approvals.Where(waiting => IsAbout(rule, waiting.Model) && facts.Now - waiting.Since > approval.LongerThan)
            .Select(waiting => Of(name, rule, waiting.Since + approval.LongerThan, [new("model", waiting.Model), .. Label(waiting)]) with
            {
                Summary = $"{waiting.Model}: run {waiting.WorkflowId} has waited {Words(facts.Now - waiting.Since)} for approvals; "
                    + $"decide with 'lifecycle approve {waiting.Model}{Option(waiting)}' or 'lifecycle reject {waiting.Model}{Option(waiting)}'",
            }),
        AlertRule.ChannelAge age => facts.Channels.Where(channel => IsAbout(rule, channel.Model) && facts.Now - channel.MovedAt > age.LongerThan)
            .Select(channel => Of(name, rule, channel.MovedAt + age.LongerThan, [new("model", channel.Model), new("channel", channel.Channel)]) with
            {
                Summary = $"{channel.Model}: version {channel.Version} on {channel.Channel} is {Words(facts.Now - channel.MovedAt)} old; start a run with 'lifecycle retrain {channel.Model}'",
            }),
        AlertRule.DecisionLate late => facts.Watches.Where(watch => IsAbout(rule, watch.Model) && facts.Now - watch.DecidedAt > late.LaterThan)
            .Select(watch => Of(name, rule, watch.DecidedAt + late.LaterThan, [new("model", watch.Model)]) with
            {
                Summary = $"{watch.Model}: the newest drift decision is {Words(facts.Now - watch.DecidedAt)} old; look at its watch with 'lifecycle drift {watch.Model}'",
            }),
        AlertRule.ScheduleMissed missed => facts.Schedules.Where(schedule => !schedule.IsPaused && schedule.DueAt is { } due && facts.Now - due > missed.LaterThan)
            .Select(schedule => Of(name, rule, schedule.DueAt!.Value + missed.LaterThan, [new("schedule", schedule.ScheduleId)]) with
            {
                Summary = $"schedule {schedule.ScheduleId} is {Words(facts.Now - schedule.DueAt!.Value)} late; look at it with 'temporal schedule describe --schedule-id {schedule.ScheduleId}'",
            }),
        AlertRule.BackupAge backup => Backup(name, backup, facts),
        _ => [],
    };

    private static IEnumerable<Alert> Backup(string name, AlertRule.BackupAge rule, AlertFacts facts)
    {
        DateTimeOffset? newest = facts.Backups.GetValueOrDefault(rule.Folder);
        if (newest is { } at && facts.Now - at <= rule.OlderThan)
        {
            yield break;
        }

        yield return Of(name, rule, newest + rule.OlderThan ?? facts.Now, [new("backup", rule.Folder)]) with
        {
            Summary = newest is { } old
                ? $"the newest backup in {rule.Folder} is {Words(facts.Now - old)} old, expected at most {Words(rule.OlderThan)}; look why the backup does not run"
                : $"there is no backup in {rule.Folder}; make one, or correct the rule's folder in alerts.yaml",
        };
    }

    private static bool IsAbout(AlertRule rule, string model) => rule.Model is null || rule.Model == model;

    private static Alert Of(string name, AlertRule rule, DateTimeOffset since, KeyValuePair<string, string>[] labels) => new()
    {
        Rule = name,
        Severity = rule.Severity,
        Labels = labels.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Summary = "",
        StartsAt = since,
    };

    private static string Words(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0} seconds"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} minutes"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} hours"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} days"),
    };

    // A run has no label of its own: its alert keeps the identity that it always had.
    private static KeyValuePair<string, string>[] Label(WaitingApproval waiting) => waiting.Kind switch
    {
        RequestKind.Rollback => [new("rollback", waiting.Channel)],
        RequestKind.ColdStart => [new("coldStart", waiting.Channel)],
        _ => [],
    };

    private static string Option(WaitingApproval waiting) => waiting.Kind switch
    {
        RequestKind.Rollback => $" --rollback --channel {waiting.Channel}",
        RequestKind.ColdStart => " --cold-start",
        _ => "",
    };
}
