using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Lifecycle.Domain.Schedules;

namespace Lifecycle.Domain.Tests.Schedules;

public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("0 6 1 1,4,7,10 *", "0 6 1 1-10/3 *")]
    [InlineData("0 6 1 */3 *", "0 6 1 1-10/3 *")]
    [InlineData("0 6 1 jan,APR,jul,oct *", "0 6 1 1-10/3 *")]
    [InlineData("*/15 * * * *", "0-45/15 * * * *")]
    [InlineData("0 9 * * 1-5", "0 9 * * 1-5")]
    [InlineData("0 9 * * mon-fri", "0 9 * * 1-5")]
    [InlineData("0 9 * * 7", "0 9 * * 0")]
    [InlineData("0 9 * * 5-7", "0 9 * * 0,5-6")]
    [InlineData("@weekly", "0 0 * * 0")]
    [InlineData("0 0 29 2 * 2028", "0 0 29 2 * 2028")]
    [InlineData("30 0 0 1 1 * 2030-2032", "30 0 0 1 1 * 2030-2032")]
    public void Parse_EqualTimes_HaveOneText(string cron, string expected) => Assert.Equal(expected, CronExpression.Parse(cron).ToString());

    [Theory]
    [InlineData("", "has 0 fields")]
    [InlineData("* * * *", "has 4 fields")]
    [InlineData("60 * * * *", "minute '60' is not valid; expected values from 0 to 59")]
    [InlineData("5-1 * * * *", "minute '5-1' is not valid")]
    [InlineData("*/0 * * * *", "minute '*/0' is not valid")]
    [InlineData("1/2/3 * * * *", "minute '1/2/3' is not valid")]
    [InlineData("* * 0 * *", "day of month '0' is not valid")]
    [InlineData("* * * foo *", "month 'foo' is not valid")]
    [InlineData("CRON_TZ=UTC 0 0 * * *", "write it as 'timeZone'")]
    [InlineData("@every 5m", "write it as 'every'")]
    public void Parse_WhatIsNoCron_SaysWhatToDo(string cron, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => CronExpression.Parse(cron)).Message, StringComparison.Ordinal);

    [Fact]
    public void Times_WrittenAndReadAgain_AreTheSame()
    {
        Gen<CalendarTimes> times =
            from minutes in Some(CalendarField.Minute)
            from hours in Some(CalendarField.Hour)
            from days in Some(CalendarField.DayOfMonth)
            from months in Some(CalendarField.Month)
            from weekdays in Some(CalendarField.DayOfWeek)
            select new CalendarTimes { Minutes = minutes, Hours = hours, DaysOfMonth = days, Months = months, DaysOfWeek = weekdays };
        Prop.ForAll(times.ToArbitrary(), given => CronExpression.Parse(given.ToString()) is var read
            && read.Minutes.SetEquals(given.Minutes) && read.Hours.SetEquals(given.Hours) && read.DaysOfMonth.SetEquals(given.DaysOfMonth)
            && read.Months.SetEquals(given.Months) && read.DaysOfWeek.SetEquals(given.DaysOfWeek)).QuickCheckThrowOnFailure();
    }

    private static Gen<ImmutableSortedSet<int>> Some(CalendarField field) =>
        Gen.NonEmptyListOf(Gen.Choose(field.Minimum, field.Maximum)).Select(values => values.ToImmutableSortedSet());
}
