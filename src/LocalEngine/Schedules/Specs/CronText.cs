using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.Notation;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// Reads a cron string: five fields (minute, hour, day of month, month, day of week), six with a year behind, seven
/// with seconds before; <c>@daily</c> and its kin; <c>@every 1h30m/10m</c>; a time zone before as <c>CRON_TZ=…</c> or
/// <c>TZ=…</c>; a comment behind <c>#</c>. Either the calendar or the interval is set.
/// </summary>
internal sealed record CronText(CalendarSpec? Calendar, IntervalSpec? Interval, string TimeZoneName)
{
    /// <exception cref="InvalidScheduleException">The text is no cron string.</exception>
    public static CronText Parse(string text)
    {
        var (timeZone, rest) = TimeZone(text);
        var (fields, comment) = Cut(rest, '#');
        return fields.StartsWith("@every", StringComparison.Ordinal)
            ? new(null, Every(fields), timeZone)
            : new(Fields(Expanded(fields), comment), null, timeZone);
    }

    private static (string TimeZone, string Remainder) TimeZone(string text)
    {
        if (!text.StartsWith("TZ=", StringComparison.Ordinal) && !text.StartsWith("CRON_TZ=", StringComparison.Ordinal))
        {
            return ("", text);
        }

        var (assignment, rest) = Cut(text, ' ');
        return rest.Length > 0
            ? (assignment[(assignment.IndexOf('=') + 1)..], rest)
            : throw InvalidScheduleException.Spec("CronString has time zone but missing fields");
    }

    private static IntervalSpec Every(string text)
    {
        var (_, durations) = Cut(text, ' ');
        if (durations.Length == 0)
        {
            throw InvalidScheduleException.Spec("CronString does not have interval after @every");
        }

        var (interval, phase) = Cut(durations, '/');
        var spec = new IntervalSpec { Interval = Duration(interval) };
        if (phase.Length > 0)
        {
            spec.Phase = Duration(phase);
        }

        return spec;
    }

    private static Duration Duration(string text)
    {
        if (DurationText.TryParseUnits(text) is { } nanoseconds)
        {
            return new() { Seconds = nanoseconds / 1_000_000_000, Nanos = (int)(nanoseconds % 1_000_000_000) };
        }

        var unitMissing = text.Length > 0 && char.IsAsciiDigit(text[^1]);
        throw InvalidScheduleException.Spec($"time: {(unitMissing ? "missing unit in" : "invalid")} duration \"{text}\"");
    }

    private static string Expanded(string text) => text switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ => text,
    };

    private static CalendarSpec Fields(string text, string comment) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var minute, var hour, var day, var month, var weekday] =>
                Of("0", minute, hour, day, month, weekday, "*", comment),
            [var minute, var hour, var day, var month, var weekday, var year] =>
                Of("0", minute, hour, day, month, weekday, year, comment),
            [var second, var minute, var hour, var day, var month, var weekday, var year] =>
                Of(second, minute, hour, day, month, weekday, year, comment),
            _ => throw InvalidScheduleException.Spec("CronString does not have 5-7 fields"),
        };

    private static CalendarSpec Of(
        string second, string minute, string hour, string day, string month, string weekday, string year, string comment) => new()
        {
            Second = second,
            Minute = minute,
            Hour = hour,
            DayOfMonth = day,
            Month = month,
            DayOfWeek = weekday,
            Year = year,
            Comment = comment,
        };

    private static (string Before, string After) Cut(string text, char separator)
    {
        var index = text.IndexOf(separator);
        return index < 0 ? (text.Trim(), "") : (text[..index].Trim(), text[(index + 1)..].Trim());
    }
}
