using System.Collections.Immutable;
using Google.Protobuf.Collections;
using Lifecycle.Domain.Schedules;
using Lifecycle.LocalEngine.Schedules.Specs;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.Workflows.Tests.Schedules;

/// <summary>model.yaml reads cron strings as the engine does.</summary>
public sealed class CronAgreementTests
{
    [Theory]
    [InlineData("0 6 1 */3 *")]
    [InlineData("*/7 3-20/4 5,10-12 jan-jun mon-fri")]
    [InlineData("15 10 * * 5-7")]
    [InlineData("15 10 * * 1-7/2")]
    [InlineData("15 10 * * 3/2")]
    [InlineData("15 10 * * 0/3")]
    [InlineData("15 10 * * 7")]
    [InlineData("15 10 * * sun,tue")]
    [InlineData("0 0 29 2 * 2028-2036/4")]
    [InlineData("30 2 3 4 5 6 2030")]
    [InlineData("5/20 * * * *")]
    [InlineData("@monthly")]
    [InlineData("@weekly")]
    public void Cron_ReadByTheEngine_MeansTheSameTimes(string cron)
    {
        CalendarTimes ours = CronExpression.Parse(cron);
        StructuredCalendarSpec theirs = CanonicalSpec.Of(new ScheduleSpec { CronString = { cron } }).StructuredCalendar[0];

        CalendarTimes read = new()
        {
            Seconds = Values(theirs.Second),
            Minutes = Values(theirs.Minute),
            Hours = Values(theirs.Hour),
            DaysOfMonth = Values(theirs.DayOfMonth),
            Months = Values(theirs.Month),
            DaysOfWeek = Values(theirs.DayOfWeek),
            Years = theirs.Year.Count == 0 ? Domain.Schedules.CalendarField.Year.All : Values(theirs.Year),
        };
        Assert.Equal(read.ToString(), ours.ToString());
    }

    private static ImmutableSortedSet<int> Values(RepeatedField<Temporalio.Api.Schedule.V1.Range> ranges) =>
        [.. ranges.SelectMany(range => new ValueRange(range.Start, range.End, range.Step).Values)];
}
