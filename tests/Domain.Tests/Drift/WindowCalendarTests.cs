using Lifecycle.Domain.Drift;

namespace Lifecycle.Domain.Tests.Drift;

public sealed class WindowCalendarTests
{
    private static readonly DateTimeOffset Noon = new(2024, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Containing_OfADay_BeginsAtMidnightUtc()
    {
        WatchWindow window = Daily(TimeSpan.FromHours(2)).Containing(Noon.ToOffset(TimeSpan.FromHours(13)));
        Assert.Equal(
            new WatchWindow("2024-03-01T00:00Z-1d", At("2024-03-01T00:00Z"), At("2024-03-02T00:00Z"), At("2024-03-02T02:00Z")), window);
    }

    [Theory]
    [InlineData("2024-02-29T23:59:59Z", false)]
    [InlineData("2024-03-01T00:00:00Z", true)]
    [InlineData("2024-03-01T23:59:59Z", true)]
    [InlineData("2024-03-02T00:00:00Z", false)]
    public void Holds_Time_IsFromTheFirstMomentToBeforeTheLast(string time, bool expected) =>
        Assert.Equal(expected, Daily(TimeSpan.Zero).Containing(Noon).Holds(At(time)));

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T00:00:00Z")]
    [InlineData("9999-12-25T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01T23:59:59Z")]
    [InlineData("0001-01-08T00:00:00Z")]
    public void Containing_OfATimeAtAnEndOfTheCalendar_EndsThere(string text)
    {
        foreach (int minutes in new[] { 1, 7, 1440, 10080, 525600 })
        {
            WindowCalendar calendar = new(TimeSpan.FromMinutes(minutes), TimeSpan.FromDays(30));
            WatchWindow window = calendar.Containing(At(text));
            Assert.True(window.From <= At(text) && At(text) < window.To);
            Assert.True(window.To <= window.AsOf);
            Assert.Empty(calendar.Closed(At("9999-12-31T00:00:00Z"), Noon));
        }
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("1901-02-03T04:05:06Z")]
    [InlineData("2024-02-29T23:59:59.9999999Z")]
    public void Containing_OfAnyTime_HoldsIt(string text)
    {
        foreach (int minutes in new[] { 1, 7, 60, 1440, 10080 })
        {
            WindowCalendar calendar = new(TimeSpan.FromMinutes(minutes), TimeSpan.Zero);
            WatchWindow window = calendar.Containing(At(text));
            Assert.True(window.From <= At(text) && At(text) < window.To);
            Assert.Equal(calendar.Length, window.To - window.From);
            Assert.Equal(0, (window.From - DateTimeOffset.UnixEpoch).Ticks % calendar.Length.Ticks);
            Assert.Equal(window, calendar.Containing(window.From));
        }
    }

    [Fact]
    public void After_AWindow_LeavesNoGap()
    {
        WindowCalendar calendar = Daily(TimeSpan.Zero);
        WatchWindow first = calendar.Containing(Noon);
        Assert.Equal(first.To, calendar.After(first).From);
    }

    [Fact]
    public void Closed_SinceATime_AreAllWindowsInOrder_AndNoOpenOne()
    {
        WindowCalendar calendar = Daily(TimeSpan.FromHours(2));
        Assert.Equal(
            ["2024-02-28T00:00Z-1d", "2024-02-29T00:00Z-1d"],
            calendar.Closed(At("2024-02-28T15:00Z"), At("2024-03-02T01:00Z")).Select(window => window.Id));
        Assert.Empty(calendar.Closed(At("2024-03-01T15:00Z"), At("2024-03-02T01:00Z")));
    }

    [Theory]
    [InlineData(90, "2024-03-01T11:58:30Z-90s")]
    [InlineData(3600, "2024-03-01T11:00Z-1h")]
    [InlineData(5400, "2024-03-01T10:30Z-90m")]
    public void Id_OfAWindow_NamesItsLengthInTheLargestUnit(int seconds, string id) =>
        Assert.Equal(id, new WindowCalendar(TimeSpan.FromSeconds(seconds), TimeSpan.Zero).Containing(Noon.AddSeconds(-10)).Id);

    [Fact]
    public void Calendar_OfABrokenLength_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowCalendar(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowCalendar(TimeSpan.FromSeconds(1.5), TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowCalendar(TimeSpan.FromDays(1), TimeSpan.FromSeconds(-1)));
    }

    private static WindowCalendar Daily(TimeSpan lateness) => new(TimeSpan.FromDays(1), lateness);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text);
}
