using Google.Protobuf.Collections;
using Temporalio.Api.Schedule.V1;
using ValueRange = Temporalio.Api.Schedule.V1.Range;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// Brings a schedule's spec into the one form that is kept and shown: calendars and cron strings become structured
/// calendars or intervals, a cron string's time zone becomes the spec's, and ranges carry their end and step.
/// </summary>
public static class CanonicalSpec
{
    private const int MaxCommentLength = 200;

    /// <summary>The canonical form of <paramref name="given"/>, which is left as it is. Canonical specs map to themselves.</summary>
    /// <exception cref="InvalidScheduleException">A field is out of its bounds, a time zone unknown, or two disagree.</exception>
    public static ScheduleSpec Of(ScheduleSpec given)
    {
        var spec = given.Clone();
        spec.StructuredCalendar.AddRange(given.Calendar.Select(Structured));

        // Obsolete in the protocol, but an exclusion that an old client sends must not be dropped.
        spec.ExcludeStructuredCalendar.AddRange(given.ExcludeCalendar.Select(Structured));
        spec.ExcludeCalendar.Clear();
        AddCronStrings(spec, given.CronString);
        spec.Calendar.Clear();
        spec.CronString.Clear();
        foreach (var calendar in spec.StructuredCalendar.Concat(spec.ExcludeStructuredCalendar))
        {
            Check(calendar);
        }

        foreach (var interval in spec.Interval)
        {
            Check(interval);
        }

        ScheduleTimeZone.Find(spec.TimezoneName, spec.TimezoneData);
        return spec;
    }

    private static StructuredCalendarSpec Structured(CalendarSpec calendar) => new()
    {
        Second = { CalendarFieldText.Parse(CalendarField.Second, calendar.Second) },
        Minute = { CalendarFieldText.Parse(CalendarField.Minute, calendar.Minute) },
        Hour = { CalendarFieldText.Parse(CalendarField.Hour, calendar.Hour) },
        DayOfMonth = { CalendarFieldText.Parse(CalendarField.DayOfMonth, calendar.DayOfMonth) },
        Month = { CalendarFieldText.Parse(CalendarField.Month, calendar.Month) },
        DayOfWeek = { CalendarFieldText.Parse(CalendarField.DayOfWeek, calendar.DayOfWeek) },
        Year = { CalendarFieldText.Parse(CalendarField.Year, calendar.Year) },
        Comment = calendar.Comment,
    };

    private static void AddCronStrings(ScheduleSpec spec, RepeatedField<string> cronStrings)
    {
        var parsed = cronStrings.Select(CronText.Parse).ToList();
        spec.StructuredCalendar.AddRange(parsed.Where(cron => cron.Calendar is not null).Select(cron => Structured(cron.Calendar!)));
        spec.Interval.AddRange(parsed.Where(cron => cron.Interval is not null).Select(cron => cron.Interval));
        var zones = parsed.Select(cron => cron.TimeZoneName).Distinct(StringComparer.Ordinal).ToList();
        if (zones is [] or [""])
        {
            return;
        }

        if (zones.Count > 1 || (spec.TimezoneName.Length > 0 && spec.TimezoneName != zones[0]) || !spec.TimezoneData.IsEmpty)
        {
            throw InvalidScheduleException.Spec("conflicting timezone names");
        }

        spec.TimezoneName = zones[0];
    }

    private static void Check(StructuredCalendarSpec calendar)
    {
        Check(calendar.Second, CalendarField.Second);
        Check(calendar.Minute, CalendarField.Minute);
        Check(calendar.Hour, CalendarField.Hour);
        Check(calendar.DayOfMonth, CalendarField.DayOfMonth);
        Check(calendar.Month, CalendarField.Month);
        Check(calendar.Year, CalendarField.Year);
        Check(calendar.DayOfWeek, CalendarField.DayOfWeek);
        if (calendar.Comment.Length > MaxCommentLength)
        {
            throw InvalidScheduleException.Spec("invalid calendar spec: comment is too long");
        }
    }

    private static void Check(RepeatedField<ValueRange> ranges, CalendarField field)
    {
        foreach (var range in ranges)
        {
            range.End = range.End == 0 ? range.Start : range.End;
            range.Step = range.Step == 0 ? 1 : range.Step;
            var bounds = $"[{field.Minimum}-{field.Maximum}]";
            var problem = range switch
            {
                _ when range.Start < field.Minimum || range.Start > field.Maximum => $"Start is not in range {bounds}",
                _ when range.End < range.Start || range.End > field.Maximum => $"End is before Start or not in range {bounds}",
                _ when range.Step < 0 => "has invalid Step",
                _ => null,
            };
            if (problem is not null)
            {
                throw InvalidScheduleException.Spec($"invalid calendar spec: {field.Name} {problem}");
            }
        }
    }

    private static void Check(IntervalSpec interval)
    {
        var every = interval.Interval?.ToTimeSpan() ?? TimeSpan.Zero;
        var phase = interval.Phase?.ToTimeSpan() ?? TimeSpan.Zero;
        var problem = every switch
        {
            _ when every < TimeSpan.FromSeconds(1) => "interval is too small",
            _ when phase < TimeSpan.Zero => "phase is negative",
            _ when phase >= every => "phase cannot be greater than Interval",
            _ => null,
        };
        if (problem is not null)
        {
            throw InvalidScheduleException.Spec(problem);
        }
    }
}
