using System.Collections.Immutable;

namespace Lifecycle.Domain.Schedules;

/// <summary>
/// Times of the wall clock as a team writes them. A quarter's first day at six: <c>months: [1, 4, 7, 10]</c>,
/// <c>daysOfMonth: [1]</c>, <c>hours: [6]</c>. A time matches when all lists have it; an empty list of days or months has
/// every value.
/// </summary>
public sealed record CalendarDefinition
{
    /// <summary>Months, 1 to 12; every month unless told.</summary>
    public ImmutableArray<int> Months { get; init; } = [];

    /// <summary>Days of the month, 1 to 31; every day unless told. A month that lacks the day leaves it out.</summary>
    public ImmutableArray<int> DaysOfMonth { get; init; } = [];

    /// <summary>Days of the week, 0 (Sunday) to 6; every day unless told.</summary>
    public ImmutableArray<int> DaysOfWeek { get; init; } = [];

    /// <summary>Hours, 0 to 23; midnight unless told.</summary>
    public ImmutableArray<int> Hours { get; init; } = [0];

    /// <summary>Minutes, 0 to 59; the full hour unless told.</summary>
    public ImmutableArray<int> Minutes { get; init; } = [0];

    /// <summary>The values of each field.</summary>
    public CalendarTimes ToTimes() => new()
    {
        Minutes = Or(Minutes, CalendarField.Minute.All),
        Hours = Or(Hours, CalendarField.Hour.All),
        DaysOfMonth = Or(DaysOfMonth, CalendarField.DayOfMonth.All),
        Months = Or(Months, CalendarField.Month.All),
        DaysOfWeek = Or(DaysOfWeek, CalendarField.DayOfWeek.All),
    };

    private static ImmutableSortedSet<int> Or(ImmutableArray<int> given, ImmutableSortedSet<int> all) => given.IsEmpty ? all : [.. given];
}
