using System.Collections.Immutable;

namespace Lifecycle.Domain.Schedules;

/// <summary>One field of a calendar: its name, its bounds, and the names its values go by.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
public sealed record CalendarField(string Name, int Minimum, int Maximum)
{
    /// <summary>Seconds of a minute.</summary>
    public static CalendarField Second { get; } = new("second", 0, 59);

    /// <summary>Minutes of an hour.</summary>
    public static CalendarField Minute { get; } = new("minute", 0, 59);

    /// <summary>Hours of a day.</summary>
    public static CalendarField Hour { get; } = new("hour", 0, 23);

    /// <summary>Days of a month.</summary>
    public static CalendarField DayOfMonth { get; } = new("day of month", 1, 31);

    /// <summary>Months of a year.</summary>
    public static CalendarField Month { get; } = new("month", 1, 12)
    {
        ValueNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    };

    /// <summary>Days of a week; Sunday is 0, and in text also 7.</summary>
    public static CalendarField DayOfWeek { get; } = new("day of week", 0, 6)
    {
        ValueNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
    };

    /// <summary>Years that schedules know.</summary>
    public static CalendarField Year { get; } = new("year", 2000, 2100);

    /// <summary>Names of the values from <see cref="Minimum"/> on; none for fields of numbers alone.</summary>
    public ImmutableArray<string> ValueNames { get; init; } = [];

    /// <summary>The largest value in text.</summary>
    public int TextMaximum => ReferenceEquals(this, DayOfWeek) ? 7 : Maximum;

    /// <summary>Every value.</summary>
    public ImmutableSortedSet<int> All => [.. Enumerable.Range(Minimum, Maximum - Minimum + 1)];
}
