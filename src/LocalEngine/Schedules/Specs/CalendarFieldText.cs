using System.Collections.Immutable;
using System.Globalization;
using ValueRange = Temporalio.Api.Schedule.V1.Range;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// Reads a field in the notation of cron: <c>*</c>, <c>5</c>, <c>1-5</c>, <c>1-5/2</c>, <c>3/5</c> (from 3 on),
/// <c>*/15</c>, names, and lists of those with commas.
/// </summary>
internal static class CalendarFieldText
{
    /// <exception cref="InvalidScheduleException">The text is no such notation, or leaves the field's bounds.</exception>
    public static ImmutableArray<ValueRange> Parse(CalendarField field, string text)
    {
        var trimmed = text.Trim();
        trimmed = trimmed.Length == 0 ? field.Default : trimmed;
        return trimmed == "*" && field == CalendarField.Year
            ? []
            : [.. trimmed.Split(',').SelectMany(part => Part(field, part))];
    }

    private static ImmutableArray<ValueRange> Part(CalendarField field, string part)
    {
        var slashes = part.Split('/');
        if (slashes.Length > 2)
        {
            throw InvalidScheduleException.Spec($"{field.Name} has too many slashes");
        }

        var step = slashes is [_, var stepText] ? Step(field, stepText) : 1;
        var (start, end) = Bounds(field, slashes[0], openEnded: slashes.Length == 2);
        return field == CalendarField.DayOfWeek && end == 7 ? Week(start, step) : [Range(start, end, step)];
    }

    private static int Step(CalendarField field, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var step) && step >= 1
            ? step
            : throw InvalidScheduleException.Spec($"{field.Name} has invalid Step");

    private static (int Start, int End) Bounds(CalendarField field, string text, bool openEnded)
    {
        if (text == "*")
        {
            return (field.Minimum, field.Maximum);
        }

        var dashes = text.Split('-');
        if (dashes.Length > 2)
        {
            throw InvalidScheduleException.Spec($"{field.Name} has too many dashes");
        }

        var range = $"[{field.Minimum}-{field.TextMaximum}]";
        var start = Value(field, dashes[0]) is { } first && first >= field.Minimum && first <= field.TextMaximum
            ? first
            : throw InvalidScheduleException.Spec($"{field.Name} is not in range {range}");
        if (dashes.Length == 1)
        {
            return (start, openEnded ? field.TextMaximum : start);
        }

        return Value(field, dashes[1]) is { } last && last >= start && last <= field.TextMaximum
            ? (start, last)
            : throw InvalidScheduleException.Spec($"{field.Name} End is before Start or not in range {range}");
    }

    private static int? Value(CalendarField field, string text)
    {
        if (text.Length >= Math.Max(field.ShortestName, 1))
        {
            for (var index = 0; index < field.ValueNames.Length; index++)
            {
                if (field.ValueNames[index].StartsWith(text, StringComparison.OrdinalIgnoreCase))
                {
                    return field.Minimum + index;
                }
            }
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    // Structured calendars know Sunday as 0 only, so a range that reaches 7 becomes Sunday and the rest.
    private static ImmutableArray<ValueRange> Week(int start, int step)
    {
        var reachesSunday = (7 - start) % step == 0 && start != 0;
        return (reachesSunday, start) switch
        {
            (true, 7) => [Range(0, 0, 1)],
            (true, _) => [Range(0, 0, 1), Range(start, 6, step)],
            _ => [Range(start, 6, step)],
        };
    }

    private static ValueRange Range(int start, int end, int step) => new() { Start = start, End = end, Step = step };
}
