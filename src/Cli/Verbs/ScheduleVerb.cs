using System.CommandLine;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle schedule</c>: what starts by the clock.</summary>
public static class ScheduleVerb
{
    /// <summary>The command with its parts.</summary>
    public static Command Create() => new("schedule", "Make an engine's schedules match model.yaml, look at them, pause and trigger them")
    {
        ScheduleApplyVerb.Create(),
        ScheduleListVerb.Create(),
        ScheduleControlVerb.CreatePause(),
        ScheduleControlVerb.CreateResume(),
        ScheduleControlVerb.CreateTrigger(),
        ScheduleControlVerb.CreateBackfill(),
    };
}
