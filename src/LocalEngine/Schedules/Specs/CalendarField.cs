using System.Collections.Immutable;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>One field of a calendar: its bounds, the value it has when left out, and the names its values go by.</summary>
internal sealed record CalendarField(string Name, int Minimum, int Maximum, string Default)
{
    public const int FirstYear = 2000;
    public const int LastYear = 2100;

    public static CalendarField Second { get; } = new("Second", 0, 59, "0");

    public static CalendarField Minute { get; } = new("Minute", 0, 59, "0");

    public static CalendarField Hour { get; } = new("Hour", 0, 23, "0");

    public static CalendarField DayOfMonth { get; } = new("DayOfMonth", 1, 31, "*");

    public static CalendarField Month { get; } = new("Month", 1, 12, "*")
    {
        ValueNames = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"],
        ShortestName = 3,
    };

    public static CalendarField Year { get; } = new("Year", FirstYear, LastYear, "*");

    public static CalendarField DayOfWeek { get; } = new("DayOfWeek", 0, 6, "*")
    {
        ValueNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"],
        ShortestName = 2,
    };

    /// <summary>Names of the values from <see cref="Minimum"/> on; any prefix of <see cref="ShortestName"/> letters or more will do.</summary>
    public ImmutableArray<string> ValueNames { get; init; } = [];

    public int ShortestName { get; init; }

    /// <summary>The largest value in text: a day of the week may also be 7, which is Sunday again.</summary>
    public int TextMaximum => ReferenceEquals(this, DayOfWeek) ? 7 : Maximum;
}
