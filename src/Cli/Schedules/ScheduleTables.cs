using System.Globalization;
using Lifecycle.Cli.Output;
using Lifecycle.Domain.Schedules;
using Spectre.Console;

namespace Lifecycle.Cli.Schedules;

/// <summary>Draws schedules and plans for people.</summary>
public static class ScheduleTables
{
    /// <summary>Writes a plan, one line for each schedule and one for each setting that differs.</summary>
    public static void Draw(IAnsiConsole console, SchedulePlan plan)
    {
        console.Line($"{plan.Model}: {(plan.HasWork ? "to do" : "every schedule is as model.yaml says")}");
        foreach (ScheduleChange change in plan.Changes)
        {
            string paused = change.Found?.IsPaused == true ? $" (stays paused: {Texts.Visible(change.Found.OperatorNote)})" : "";
            console.Line($"  {Sign(change.Kind)} {change.Id}: {Words(change)}{paused}");
            foreach (SettingDifference difference in change.Differences)
            {
                console.Line($"      {difference.Setting}: {Texts.Visible(difference.Found)} -> {Texts.Visible(difference.Wanted)}");
            }
        }
    }

    /// <summary>Draws what the engine has, beside what model.yaml says.</summary>
    public static void DrawList(IAnsiConsole console, IReadOnlyList<SchedulePlan> plans)
    {
        Table table = Texts.Table("schedule", "when", "next", "last", "acted/missed/skipped", "state", "configuration");
        foreach (ScheduleChange change in plans.SelectMany(plan => plan.Changes))
        {
            FoundSchedule? found = change.Found;
            ScheduleSettings settings = found?.Settings ?? change.Wanted!;
            table.AddRow(
                new Text(change.Id), new Text($"{settings.When} {settings.TimeZone}"), new Text(Time(found?.NextTimes is [var next, ..] && !found.IsPaused ? next : null)),
                new Text(Time(found?.LastTime)), new Text(found is null ? "" : $"{found.ActionCount}/{found.MissedCount}/{found.SkippedCount}"),
                new Text(State(found)), new Text(Words(change)));
        }

        console.Write(table);
    }

    private static string State(FoundSchedule? found) => found switch
    {
        null => "not there",
        { IsPaused: true } => $"paused: {Texts.Visible(found.OperatorNote)}",
        { RemainingActions: { } left } => $"{left} actions left",
        _ => "active",
    };

    private static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Words(ScheduleChange change) => change.Kind switch
    {
        ScheduleChangeKind.Create => $"create, {change.Wanted!.When} {change.Wanted.TimeZone}, starts {change.Wanted.Starts}",
        ScheduleChangeKind.Update => $"update {string.Join(", ", change.Differences.Select(difference => difference.Setting))}",
        ScheduleChangeKind.Delete => "delete, model.yaml no longer has it",
        ScheduleChangeKind.Foreign => "made by other hands; left alone",
        _ => "as model.yaml says",
    };

    private static char Sign(ScheduleChangeKind kind) => kind switch
    {
        ScheduleChangeKind.Create => '+',
        ScheduleChangeKind.Update => '~',
        ScheduleChangeKind.Delete => '-',
        ScheduleChangeKind.Foreign => '!',
        _ => '=',
    };
}
