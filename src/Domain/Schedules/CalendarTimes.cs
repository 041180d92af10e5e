using System.Collections.Immutable;

namespace Lifecycle.Domain.Schedules;

/// <summary>
/// The normal form of calendars and cron strings: the set of values of each field. Two calendars that mean the same times
/// have the same text, however they were written, and so configuration can be compared after an engine or a person rewrote it.
/// </summary>
public sealed record CalendarTimes
{
    /// <summary>Seconds; the full minute unless told.</summary>
    public ImmutableSortedSet<int> Seconds { get; init; } = [0];

    /// <summary>Minutes; the full hour unless told.</summary>
    public ImmutableSortedSet<int> Minutes { get; init; } = [0];

    /// <summary>Hours; midnight unless told.</summary>
    public ImmutableSortedSet<int> Hours { get; init; } = [0];

    /// <summary>Days of the month; every day unless told.</summary>
    public ImmutableSortedSet<int> DaysOfMonth { get; init; } = CalendarField.DayOfMonth.All;

    /// <summary>Months; every month unless told.</summary>
    public ImmutableSortedSet<int> Months { get; init; } = CalendarField.Month.All;

    /// <summary>Days of the week; every day unless told.</summary>
    public ImmutableSortedSet<int> DaysOfWeek { get; init; } = CalendarField.DayOfWeek.All;

    /// <summary>Years; every year unless told.</summary>
    public ImmutableSortedSet<int> Years { get; init; } = CalendarField.Year.All;

    /// <summary>Whether some year has such a day: false for the 31st of a month of thirty.</summary>
    public bool CanHappen => Months.Any(month => DaysOfMonth.Min <= DateTime.DaysInMonth(LeapYear, month));

    private const int LeapYear = 2000;

    /// <summary>The text in cron's notation: five fields, with a year behind and seconds before only where they say something.</summary>
    public override string ToString()
    {
        string five = string.Join(
            ' ', Text(CalendarField.Minute, Minutes), Text(CalendarField.Hour, Hours), Text(CalendarField.DayOfMonth, DaysOfMonth),
            Text(CalendarField.Month, Months), Text(CalendarField.DayOfWeek, DaysOfWeek));
        string years = Text(CalendarField.Year, Years);
        return (Seconds.SetEquals([0]), years) switch
        {
            (true, "*") => five,
            (true, _) => $"{five} {years}",
            _ => $"{Text(CalendarField.Second, Seconds)} {five} {years}",
        };
    }

    private static string Text(CalendarField field, ImmutableSortedSet<int> values) =>
        values.SetEquals(field.All) ? "*" : string.Join(',', ValueRange.Cover(values));
}
