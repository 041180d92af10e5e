using System.Collections.Immutable;

namespace Lifecycle.Domain.Schedules;

/// <summary>What must be done to a schedule.</summary>
public enum ScheduleChangeKind
{
    /// <summary>It is as wanted.</summary>
    Unchanged,

    /// <summary>It is missing.</summary>
    Create,

    /// <summary>Its configuration differs: model.yaml changed, or somebody changed the schedule by hand.</summary>
    Update,

    /// <summary>It was made for this model, and the model's definition no longer has it.</summary>
    Delete,

    /// <summary>A schedule of this id was made by other hands; it is left alone, and the plan cannot be carried out.</summary>
    Foreign,
}

/// <summary>What must be done to one schedule.</summary>
/// <param name="Id">Id of the schedule.</param>
/// <param name="Kind">What to do.</param>
public sealed record ScheduleChange(string Id, ScheduleChangeKind Kind)
{
    /// <summary>What model.yaml asks for; null for one to delete.</summary>
    public ScheduleSettings? Wanted { get; init; }

    /// <summary>What the engine has; null for one to create.</summary>
    public FoundSchedule? Found { get; init; }

    /// <summary>The settings that differ; empty unless it is to be updated.</summary>
    public ImmutableArray<SettingDifference> Differences { get; init; } = [];
}

/// <summary>
/// The way from the schedules that an engine has to those that a model's definition wants. Pure. Only schedules made for
/// this model are ever deleted, and a pause is never changed.
/// </summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Changes">One entry for each schedule, by id.</param>
public sealed record SchedulePlan(string Model, ImmutableArray<ScheduleChange> Changes)
{
    /// <summary>Whether there is anything to do.</summary>
    public bool HasWork => Changes.Any(change => change.Kind != ScheduleChangeKind.Unchanged);

    /// <summary>Makes the plan.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="wanted">Wanted settings by schedule id.</param>
    /// <param name="found">Every schedule made for the model, and every one whose id is wanted.</param>
    public static SchedulePlan Of(string model, IReadOnlyDictionary<string, ScheduleSettings> wanted, IEnumerable<FoundSchedule> found)
    {
        ImmutableDictionary<string, FoundSchedule> byId = found.ToImmutableDictionary(schedule => schedule.Id);
        IEnumerable<ScheduleChange> orphans = byId.Values
            .Where(schedule => schedule.MadeFor == model && !wanted.ContainsKey(schedule.Id))
            .Select(schedule => new ScheduleChange(schedule.Id, ScheduleChangeKind.Delete) { Found = schedule });
        return new SchedulePlan(
            model,
            [
                .. wanted.Select(entry => ChangeOf(model, entry.Key, entry.Value, byId.GetValueOrDefault(entry.Key)))
                    .Concat(orphans)
                    .OrderBy(change => change.Id, StringComparer.Ordinal),
            ]);
    }

    private static ScheduleChange ChangeOf(string model, string id, ScheduleSettings wanted, FoundSchedule? found)
    {
        if (found is null)
        {
            return new ScheduleChange(id, ScheduleChangeKind.Create) { Wanted = wanted };
        }

        ImmutableArray<SettingDifference> differences = found.Settings.DifferencesTo(wanted);
        ScheduleChangeKind kind = (found.MadeFor == model, differences.IsEmpty) switch
        {
            (false, _) => ScheduleChangeKind.Foreign,
            (true, true) => ScheduleChangeKind.Unchanged,
            _ => ScheduleChangeKind.Update,
        };
        return new ScheduleChange(id, kind) { Wanted = wanted, Found = found, Differences = differences };
    }
}
