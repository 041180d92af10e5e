using Lifecycle.LocalEngine.Schedules.Specs;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Tests.Schedules.Specs;

/// <summary>A schedule goes on after its exclusions, however long they last, and ends where nothing is left.</summary>
public sealed class ExclusionTests
{
    private const string Always = "* * * * * * *";

    public static TheoryData<string, string, string[], string, string?> Cases { get; } = new()
    {
        { "* * * * *", "", ["* * * 7-9 *"], "2026-06-30T23:59:00Z", "2026-10-01T00:00:00Z" },
        { "* * * * *", "", ["* * * * 7-9 * *"], "2026-06-30T23:59:00Z", "2026-10-01T00:00:00Z" },
        { "* * * * * * *", "", ["* * * * 7-9 * *"], "2026-06-30T23:59:59Z", "2026-10-01T00:00:00Z" },
        { "* * * * *", "", ["* * * * * * 2027"], "2026-12-31T23:59:00Z", "2028-01-01T00:00:00Z" },
        { "* * * * *", "", [Always], "2026-01-01T00:00:00Z", null },
        { "* * * * *", "", ["*/2 * * * *", "1-59/2 * * * *"], "2026-01-01T00:00:00Z", null },
        { "* * * * *", "", ["* * * 1-6 *", "* * * 5-11 *"], "2026-01-01T00:00:00Z", "2026-12-01T00:00:00Z" },
        { "* * * * *", "", ["* 0-22 * * *"], "2026-01-01T00:00:00Z", "2026-01-01T23:00:00Z" },
        { "* * * * *", "Europe/Berlin", ["* * * 4-9 *"], "2026-03-30T00:00:00Z", "2026-03-30T00:01:00Z" },
        { "* * * * *", "Europe/Berlin", ["* * * 3-9 *"], "2026-02-28T22:59:00Z", "2026-09-30T22:00:00Z" },
        { "@every 1h", "America/New_York", ["* * * 1-11 *"], "2026-01-01T05:00:00Z", "2026-12-01T05:00:00Z" },
        { "@every 2h", "", ["0 */2 * * *"], "2026-01-01T00:00:00Z", null },
        { "@every 61s", "", [Always], "2026-01-01T00:00:00Z", null },
        { "0 * * * *", "Pacific/Apia", ["* * 30,31 12 *"], "2011-12-30T09:00:00Z", "2011-12-31T10:00:00Z" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void NextAfter_LongExclusions_IsTheFirstTimeThatIsLeft(string cron, string zone, string[] excluded, string after, string? next) =>
        Assert.Equal(next is null ? [] : [next], Spec(cron, zone, excluded).Times(after, 1));

    [Theory]
    [InlineData("2026-12-01T00:00:00Z", "2026-10-01T00:00:00Z")]
    [InlineData("2026-08-01T00:00:00Z", null)]
    [InlineData("2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z")]
    public void NextAfter_EndsInsideOrAfterAnExclusion_EndsThere(string end, string? next) => Assert.Equal(
        next is null ? [] : [next], Spec("* * * * *", "", ["* * * 7-9 *"]).Between(null, end).Times("2026-06-30T23:59:00Z", 1));

    [Fact]
    public void NextAfter_ExclusionWithJitter_GoesOnAfterIt()
    {
        var spec = Spec("* * * * *", "", ["* * * 7-9 *"]);
        spec.Jitter = new() { Seconds = 30 };
        var time = new ScheduleTimes(CanonicalSpec.Of(spec), "seed").NextAfter(SpecText.At("2026-06-30T23:59:00Z"))!.Value;
        Assert.Equal("2026-10-01T00:00:00Z", SpecText.Shown(time.Nominal));
        Assert.InRange(time.Actual - time.Nominal, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    private static ScheduleSpec Spec(string cron, string zone, string[] excluded)
    {
        var spec = SpecText.Cron(cron).In(zone);
        spec.ExcludeStructuredCalendar.AddRange(excluded.Select(text => CanonicalSpec.Of(SpecText.Cron(text)).StructuredCalendar[0]));
        return spec;
    }
}
