using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Lifecycle.Conformance.Tests.Engines;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Lifecycle.Conformance.Tests;

/// <summary>The same spec has the same canonical form and the same times on both engines, through leap days and clock changes.</summary>
public sealed class ScheduleTimesTests(EngineFixture engines)
{
    public static TheoryData<string, string, string> Specs { get; } = new()
    {
        { "0 6 1 1,4,7,10 *", "Europe/Berlin", "2026-01-01/2030-01-01" },
        { "30 2 * * *", "America/New_York", "2026-03-01/2026-03-20" },
        { "30 1 * * *", "America/New_York", "2026-10-25/2026-11-08" },
        { "15,45 * * * *", "America/New_York", "2026-11-01/2026-11-02" },
        { "*/20 0-4 * * *", "Europe/London", "2026-03-28/2026-03-31" },
        { "0 0 * * *", "America/Sao_Paulo", "2018-10-30/2018-11-10" },
        { "30 23 * * *", "America/Sao_Paulo", "2018-02-10/2018-02-25" },
        { "30 0 * * *", "Asia/Beirut", "2026-03-20/2026-04-05" },
        { "0 3 * * 0", "Africa/Casablanca", "2026-01-01/2026-06-01" },
        { "0 0 29 2 *", "", "2020-01-01/2060-01-01" },
        { "0 0 13 * 5", "Asia/Tokyo", "2026-01-01/2030-01-01" },
        { "0 0 31 * *", "", "2026-01-01/2028-01-01" },
        { "10 */15 8 * * 7 2027", "", "2026-12-01/2027-03-01" },
        { "5-50/9 22,23 * feb-apr sat", "Australia/Sydney", "2026-01-01/2026-05-01" },
        { "0 0 * * 5-7", "", "2026-01-01/2026-04-01" },
        { "@hourly", "Europe/Paris", "2026-03-29/2026-03-30" },
        { "@weekly", "America/Los_Angeles", "2026-01-01/2027-01-01" },
        { "@every 7h/35m", "", "2026-01-01/2026-02-01" },
        { "CRON_TZ=Asia/Kolkata 0 9 * * 1-5", "", "2026-01-01/2026-02-01" },
        { "0 * * * *", "Local", "2026-01-01/2026-01-02" },
        { "CRON_TZ=Local 30 6 * * *", "", "2026-01-01/2026-01-10" },
        { "* * * * * * 2027", "", "2026-12-31T23:59:00Z/2027-01-01T00:05:00Z" },
    };

    /// <summary>Where the official server leaves times out or invents them; the local engine takes each wall-clock time that happens.</summary>
    public static TheoryData<string, string, string, string> KnownDifferences { get; } = new()
    {
        { "*/20 0-4 * * *", "Europe/London", "2026-10-24/2026-10-27", "in this zone it skips the first pass of the repeated hour and shifts the second" },
        { "45 1 * * *", "Australia/Lord_Howe", "2026-04-01/2026-04-10", "it knows only whole hours repeated, there half an hour is" },
        { "0 12 30 12 *", "Pacific/Apia", "2010-01-01/2014-01-01", "it acts on 31 December for the 30th, which the zone left out in 2011" },
    };

    [Theory]
    [MemberData(nameof(Specs))]
    public async Task Times_OnBothEngines_AreTheSame(string cron, string zone, string range)
    {
        var (official, local) = await AskBothAsync(cron, zone, range);
        Assert.Equal(official.Canonical, local.Canonical);
        Assert.Equal(official.Times, local.Times);
        Assert.NotEmpty(official.Times);
    }

    [Theory]
    [MemberData(nameof(KnownDifferences))]
    public async Task Times_KnownToDiffer_StillDo(string cron, string zone, string range, string reason)
    {
        var (official, local) = await AskBothAsync(cron, zone, range);
        Assert.Equal(official.Canonical, local.Canonical);
        Assert.False(official.Times.SequenceEqual(local.Times), $"no difference any more, so it must not be named: {reason}");
    }

    [Theory]
    [InlineData("30 1 * * *", "America/New_York", "2026-10-31/2026-11-03", 2, 2)]
    [InlineData("30 1 * * *", "America/Los_Angeles", "2026-10-31/2026-11-03", 2, 2)]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-24/2026-10-27", 1, 2)]
    [InlineData("30 1 * * *", "Europe/London", "2026-10-24/2026-10-27", 1, 2)]
    [InlineData("30 2 * * *", "Australia/Sydney", "2026-04-03/2026-04-06", 1, 2)]
    [InlineData("45 1 * * *", "Australia/Lord_Howe", "2026-04-03/2026-04-06", 1, 2)]
    [InlineData("30 2 * * *", "Europe/Paris", "2026-10-24/2026-10-27", 1, 2)]
    [InlineData("0,30 2 * * *", "Europe/Berlin", "2026-10-24/2026-10-27", 2, 4)]
    [InlineData("30 2,3 * * *", "Europe/Berlin", "2026-10-24/2026-10-27", 2, 3)]
    public async Task Time_InAnHourThatIsRepeated_HappensAsOftenAsThePageSays(string cron, string zone, string range, int officially, int locally)
    {
        var (official, local) = await AskBothAsync(cron, zone, range);
        var day = local.Times.GroupBy(time => TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(zone)).Date).MaxBy(times => times.Count())!.Key;
        int OnThatDay(ListedTimes times) => times.Times.Count(time => TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(zone)).Date == day);
        Assert.Equal((officially, locally), (OnThatDay(official), OnThatDay(local)));
    }

    [Theory]
    [InlineData("* * * * *", "7-9", "*", "2026-06-30T23:58:00Z/2026-10-01T00:03:00Z")]
    [InlineData("*/5 * * * *", "1-11", "*", "2026-01-01T00:00:00Z/2026-12-01T01:00:00Z")]
    [InlineData("* * * * *", "*", "0-22", "2026-03-01T00:00:00Z/2026-03-03T00:00:00Z")]
    [InlineData("0 * * * *", "2", "*", "2028-01-31T22:00:00Z/2028-03-01T02:00:00Z")]
    [InlineData("* * * * *", "7", "*", "2026-06-30T23:58:00Z/2026-08-01T00:03:00Z")]
    [InlineData("0 0 * * *", "*", "1-23", "2026-01-01T00:00:00Z/2026-01-20T00:00:00Z")]
    public async Task Times_WithALongExclusion_GoOnAfterItOnBothEngines(string cron, string months, string hours, string range)
    {
        var (official, local) = await AskBothAsync(cron, "", range, new CalendarSpec { Month = months, Hour = hours, Minute = "*", DayOfMonth = "*" });
        Assert.Equal(official.Canonical, local.Canonical);
        Assert.Equal(official.Times, local.Times);
        Assert.NotEmpty(official.Times);
    }

    private async Task<(ListedTimes Official, ListedTimes Local)> AskBothAsync(string cron, string zone, string range, params CalendarSpec[] excluded)
    {
        var bounds = range.Split('/').Select(bound => DateTimeOffset.Parse(bound, null, System.Globalization.DateTimeStyles.AssumeUniversal)).ToArray();
        var spec = new ScheduleSpec { CronString = { cron }, TimezoneName = zone };
#pragma warning disable CS0612 // The form that people write; the server makes structured calendars of it.
        spec.ExcludeCalendar.Add(excluded);
#pragma warning restore CS0612
        var official = await AskAsync((await engines.GetAsync(EngineKind.Official)).Client, spec, bounds[0], bounds[1]);
        var local = await AskAsync((await engines.GetAsync(EngineKind.Local)).Client, spec, bounds[0], bounds[1]);
        return (official, local);
    }

    private static async Task<ListedTimes> AskAsync(
        ITemporalClient client, ScheduleSpec spec, DateTimeOffset from, DateTimeOffset to)
    {
        var id = $"times/{spec.CronString[0]} {spec.TimezoneName} {from:O} {to:O}";
        await client.WorkflowService.CreateScheduleAsync(Paused(id, spec));
        var described = await client.WorkflowService.DescribeScheduleAsync(new() { Namespace = "default", ScheduleId = id });
        var listed = await client.WorkflowService.ListScheduleMatchingTimesAsync(new()
        {
            Namespace = "default",
            ScheduleId = id,
            StartTime = Timestamp.FromDateTimeOffset(from),
            EndTime = Timestamp.FromDateTimeOffset(to),
        });
        await client.WorkflowService.DeleteScheduleAsync(new() { Namespace = "default", ScheduleId = id });
        return new(described.Schedule.Spec, [.. listed.StartTime.Select(time => time.ToDateTimeOffset())]);
    }

    private static CreateScheduleRequest Paused(string id, ScheduleSpec spec) => new()
    {
        Namespace = "default",
        ScheduleId = id,
        RequestId = id,
        Schedule = new()
        {
            Spec = spec,
            State = new() { Paused = true },
            Action = new() { StartWorkflow = new() { WorkflowId = "w", WorkflowType = new() { Name = "W" }, TaskQueue = new() { Name = "q" } } },
        },
    };

    private sealed record ListedTimes(ScheduleSpec Canonical, ImmutableArray<DateTimeOffset> Times);
}
