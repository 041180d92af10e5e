using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Schedules;

namespace Lifecycle.Definitions.Rules;

/// <summary>Schedules have unique ids, one kind of time each that can happen, a zone that exists, and durations that fit.</summary>
internal static class ScheduleRules
{
    /// <summary>Longest note: an engine shows it as the summary of what was started, and keeps no longer one.</summary>
    private const int MaximumNoteBytes = 200;

    /// <summary>The shortest window that engines accept.</summary>
    private static readonly TimeSpan LeastCatchUp = TimeSpan.FromSeconds(10);

    /// <summary>All breaches of the list of schedules.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((int index, ScheduleDefinition schedule) in definition.Schedules.Index())
        {
            string path = $"schedules[{index}]";
            foreach (RuleBreach breach in (IEnumerable<RuleBreach>)[.. Id(path, schedule, seen), .. Times(path, schedule), .. Zone(path, schedule), .. Durations(path, schedule), .. Duty(path, schedule, definition)])
            {
                yield return breach;
            }
        }
    }

    private static IEnumerable<RuleBreach> Id(string path, ScheduleDefinition schedule, HashSet<string> seen)
    {
        if (!IdentifierRules.IsSlug(schedule.Id))
        {
            yield return new($"{path}.id", $"schedule id '{schedule.Id}' cannot be used; expected {IdentifierRules.SlugNoun}");
        }
        else if (!seen.Add(schedule.Id))
        {
            yield return new($"{path}.id", $"schedule id '{schedule.Id}' occurs twice; ids must be unique");
        }

        if (Encoding.UTF8.GetByteCount(schedule.Note) > MaximumNoteBytes)
        {
            yield return new($"{path}.note", $"the note of schedule '{schedule.Id}' is longer than {MaximumNoteBytes} bytes; say it shorter");
        }
    }

    private static IEnumerable<RuleBreach> Times(string path, ScheduleDefinition schedule)
    {
        string[] given = [.. new[] { schedule.Calendar is null ? null : "calendar", schedule.Cron is null ? null : "cron", schedule.Every is null ? null : "every" }.OfType<string>()];
        if (given.Length != 1)
        {
            string found = given.Length == 0 ? "none" : string.Join(" and ", given);
            return [new(path, $"schedule '{schedule.Id}' has {found} of 'calendar', 'cron' and 'every'; give exactly one")];
        }

        return schedule switch
        {
            { Calendar: { } calendar } => Calendar($"{path}.calendar", schedule.Id, calendar),
            { Cron: { } cron } => Cron($"{path}.cron", schedule.Id, cron),
            _ => [],
        };
    }

    private static IEnumerable<RuleBreach> Calendar(string path, string id, CalendarDefinition calendar)
    {
        (string Key, ImmutableArray<int> Values, CalendarField Field)[] fields =
        [
            ("months", calendar.Months, CalendarField.Month), ("daysOfMonth", calendar.DaysOfMonth, CalendarField.DayOfMonth),
            ("daysOfWeek", calendar.DaysOfWeek, CalendarField.DayOfWeek), ("hours", calendar.Hours, CalendarField.Hour),
            ("minutes", calendar.Minutes, CalendarField.Minute),
        ];
        RuleBreach[] outside = [.. fields.SelectMany(field => field.Values.Index()
            .Where(value => value.Item < field.Field.Minimum || value.Item > field.Field.Maximum)
            .Select(value => new RuleBreach(
                $"{path}.{field.Key}[{value.Index}]",
                string.Create(CultureInfo.InvariantCulture, $"schedule '{id}' has {field.Field.Name} {value.Item}; expected {field.Field.Minimum} to {field.Field.Maximum}"))))];
        return outside is [] ? Happens(path, id, calendar.ToTimes()) : outside;
    }

    private static IEnumerable<RuleBreach> Cron(string path, string id, string cron)
    {
        try
        {
            return Happens(path, id, CronExpression.Parse(cron));
        }
        catch (FormatException wrong)
        {
            return [new(path, $"schedule '{id}': {wrong.Message}")];
        }
    }

    private static IEnumerable<RuleBreach> Happens(string path, string id, CalendarTimes times) =>
        times.CanHappen ? [] : [new(path, $"schedule '{id}' never happens: no month of it has that day; correct months or days")];

    private static IEnumerable<RuleBreach> Zone(string path, ScheduleDefinition schedule)
    {
        if (!ZoneName.Exists(schedule.TimeZone))
        {
            yield return new($"{path}.timeZone", $"schedule '{schedule.Id}' names time zone '{schedule.TimeZone}', which does not exist; expected an IANA name in its exact letters, such as Europe/Berlin or UTC");
        }
    }

    private static IEnumerable<RuleBreach> Durations(string path, ScheduleDefinition schedule)
    {
        if (schedule.Phase != TimeSpan.Zero && (schedule.Every is null || schedule.Phase >= schedule.Every))
        {
            yield return new($"{path}.phase", $"schedule '{schedule.Id}' has a 'phase' that is not below 'every'; a phase shifts an interval by less than itself");
        }

        if (schedule.CatchUp < LeastCatchUp)
        {
            yield return new($"{path}.catchUp", $"schedule '{schedule.Id}' has a 'catchUp' below 10s, the shortest that engines accept; give at least 10s");
        }
    }

    private static IEnumerable<RuleBreach> Duty(string path, ScheduleDefinition schedule, ModelDefinition definition)
    {
        if (schedule.Does == ScheduleDuty.Sense && !definition.Sensors.Any(sensor => !sensor.Webhook))
        {
            yield return new($"{path}.does", $"schedule '{schedule.Id}' senses, but 'sensors' has no file or blob to look at; add one, or remove the schedule");
        }

        bool isComplete = schedule.Rows is { } rows && (rows.BlobPrefix is null) != (rows.WorkerFiles is null);
        if (schedule.Does == ScheduleDuty.Score && !isComplete)
        {
            yield return new($"{path}.rows", $"schedule '{schedule.Id}' scores, and does not say which rows; give 'rows' with exactly one of 'blobPrefix' and 'workerFiles'");
        }

        // Each time is a batch whose key is this and the time.
        if (schedule.Does == ScheduleDuty.Score && IdentifierRules.IsSlug(schedule.Id) && !PlainName.IsValid($"{schedule.Id}-20240101t000000z"))
        {
            yield return new($"{path}.id", $"schedule id '{schedule.Id}' begins the keys of its batches; begin it with a letter, and give it at most {PlainName.MaximumLength - 17} characters");
        }

        if (schedule.Rows?.BlobPrefix is { } prefix && BlobNames.PrefixProblemOf(prefix) is { } wrongPrefix)
        {
            yield return new($"{path}.rows.blobPrefix", $"schedule '{schedule.Id}' has blobPrefix '{prefix}', which {wrongPrefix}");
        }

        if (schedule.Rows?.WorkerFiles is { } files && FilePattern.ProblemOf(files) is { } wrongFiles)
        {
            yield return new($"{path}.rows.workerFiles", $"schedule '{schedule.Id}' has workerFiles '{files}', which {wrongFiles}");
        }

        if (schedule.Does != ScheduleDuty.Score && schedule.Rows is not null)
        {
            yield return new($"{path}.rows", $"schedule '{schedule.Id}' has 'rows' but does not score; remove them, or write 'does: score'");
        }
    }
}
