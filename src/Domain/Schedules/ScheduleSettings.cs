using System.Collections.Immutable;

namespace Lifecycle.Domain.Schedules;

/// <summary>
/// A schedule's configuration in texts that can be compared: the same reading of what model.yaml wants and of what an
/// engine has. Whether it is paused is no part of it: that is an operator's decision.
/// </summary>
public sealed record ScheduleSettings
{
    /// <summary>Type of the workflow that it starts.</summary>
    public required string Starts { get; init; }

    /// <summary>The workflow's input, as JSON.</summary>
    public required string Input { get; init; }

    /// <summary>Workflow id, before the nominal time that engines append.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Task queue of the workflow.</summary>
    public required string TaskQueue { get; init; }

    /// <summary>Times, in the notation of <see cref="CalendarTimes"/> and <see cref="DurationNotation"/>.</summary>
    public required string When { get; init; }

    /// <summary>Zone of the wall clock.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Longest random delay.</summary>
    public string Jitter { get; init; } = "0s";

    /// <summary>The overlap policy's name.</summary>
    public string Overlap { get; init; } = nameof(ScheduleOverlap.Skip);

    /// <summary>How late a start may be.</summary>
    public string CatchUp { get; init; } = "";

    /// <summary>Whether a failure pauses it.</summary>
    public string PauseOnFailure { get; init; } = "no";

    /// <summary>The limit that was set; how much of it is left is no part of the configuration.</summary>
    public string LimitedActions { get; init; } = "none";

    /// <summary>The sentence for people.</summary>
    public string Note { get; init; } = "";

    /// <summary>Every setting in which <paramref name="wanted"/> differs from what was found here.</summary>
    public ImmutableArray<SettingDifference> DifferencesTo(ScheduleSettings wanted) =>
    [
        .. Named.Select(setting => new SettingDifference(setting.Name, setting.Value(this), setting.Value(wanted)))
            .Where(difference => difference.Found != difference.Wanted),
    ];

    private static readonly ImmutableArray<(string Name, Func<ScheduleSettings, string> Value)> Named =
    [
        ("when", settings => settings.When), ("timeZone", settings => settings.TimeZone), ("jitter", settings => settings.Jitter),
        ("overlap", settings => settings.Overlap), ("catchUp", settings => settings.CatchUp),
        ("pauseOnFailure", settings => settings.PauseOnFailure), ("limitedActions", settings => settings.LimitedActions),
        ("note", settings => settings.Note), ("starts", settings => settings.Starts), ("input", settings => settings.Input),
        ("workflowId", settings => settings.WorkflowId), ("taskQueue", settings => settings.TaskQueue),
    ];
}

/// <summary>One setting that is not as wanted.</summary>
/// <param name="Setting">Its name, as model.yaml has it where it has it.</param>
/// <param name="Found">The engine's value.</param>
/// <param name="Wanted">The value that model.yaml asks for.</param>
public sealed record SettingDifference(string Setting, string Found, string Wanted);
