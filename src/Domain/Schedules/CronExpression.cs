using System.Collections.Immutable;
using System.Globalization;

namespace Lifecycle.Domain.Schedules;

/// <summary>
/// Reads cron's notation as Temporal-compatible engines do: five fields (minute, hour, day of month, month, day of week),
/// six with a year behind, seven with seconds before, or <c>@yearly</c>, <c>@monthly</c>, <c>@weekly</c>, <c>@daily</c>,
/// <c>@hourly</c>. A day must match day of month <i>and</i> day of week. Intervals and zones have keys of their own.
/// </summary>
public static class CronExpression
{
    /// <summary>The times that the text means.</summary>
    /// <exception cref="FormatException">The text is no cron string; the message says which field, what was found and what was expected.</exception>
    public static CalendarTimes Parse(string text)
    {
        string[] fields = Expand(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields switch
        {
            [_, _, _, _, _] => Of(["0", .. fields, "*"]),
            [_, _, _, _, _, _] => Of(["0", .. fields]),
            [_, _, _, _, _, _, _] => Of(fields),
            _ => throw new FormatException(
                $"'{text}' has {fields.Length} fields; expected five: minute, hour, day of month, month, day of week, such as '0 6 1 1,4,7,10 *'"),
        };
    }

    private static string Expand(string text) => text.Trim() switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        var every when every.StartsWith("@every", StringComparison.Ordinal) => throw new FormatException($"'{every}' is an interval; write it as 'every', such as every: 6h"),
        var zoned when zoned.Contains('=', StringComparison.Ordinal) => throw new FormatException($"'{zoned}' names a time zone; write it as 'timeZone'"),
        var plain => plain,
    };

    private static CalendarTimes Of(string[] fields) => new()
    {
        Seconds = Values(CalendarField.Second, fields[0]),
        Minutes = Values(CalendarField.Minute, fields[1]),
        Hours = Values(CalendarField.Hour, fields[2]),
        DaysOfMonth = Values(CalendarField.DayOfMonth, fields[3]),
        Months = Values(CalendarField.Month, fields[4]),
        DaysOfWeek = [.. Values(CalendarField.DayOfWeek, fields[5]).Select(day => day % 7)],
        Years = Values(CalendarField.Year, fields[6]),
    };

    private static ImmutableSortedSet<int> Values(CalendarField field, string text) =>
        [.. text.Split(',').SelectMany(part => Range(field, part).Values)];

    private static ValueRange Range(CalendarField field, string part)
    {
        string[] slashes = part.Split('/');
        int step = slashes switch
        {
            [_] => 1,
            [_, var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given > 0 => given,
            _ => throw Wrong(field, part),
        };
        return (slashes[0].Split('-'), slashes.Length) switch
        {
            (["*"], _) => new(field.Minimum, field.Maximum, step),
            ([var only], 1) => new(Value(field, only, part), Value(field, only, part), 1),
            ([var first], _) => new(Value(field, first, part), field.TextMaximum, step),
            ([var first, var last], _) when Value(field, first, part) is var start && Value(field, last, part) is var end && start <= end => new(start, end, step),
            _ => throw Wrong(field, part),
        };
    }

    private static int Value(CalendarField field, string text, string part)
    {
        int named = IndexOfName(field, text);
        int value = named >= 0 ? field.Minimum + named
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : -1;
        return value >= field.Minimum && value <= field.TextMaximum ? value : throw Wrong(field, part);
    }

    private static int IndexOfName(CalendarField field, string text)
    {
        for (int index = 0; index < field.ValueNames.Length; index++)
        {
            if (string.Equals(field.ValueNames[index], text, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    private static FormatException Wrong(CalendarField field, string part) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{field.Name} '{part}' is not valid; expected values from {field.Minimum} to {field.TextMaximum}, as in 5, 1-5, */15 or 1,4,7"));
}
