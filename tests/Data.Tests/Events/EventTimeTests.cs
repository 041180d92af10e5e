using Lifecycle.Data.Events;

namespace Lifecycle.Data.Tests.Events;

public sealed class EventTimeTests
{
    private static readonly EventRules Rules = EventRules.At(new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("2024-03-01T12:00:00Z", "2024-03-01T12:00:00.0000000+00:00")]
    [InlineData("2024-03-01T12:00:00+02:00", "2024-03-01T10:00:00.0000000+00:00")]
    [InlineData("2024-03-01 12:00:00.123456789-0530", "2024-03-01T17:30:00.1234567+00:00")]
    [InlineData("2024-02-29t12:00z", "2024-02-29T12:00:00.0000000+00:00")]
    [InlineData("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.0000000+00:00")]
    [InlineData("2024-06-02T00:00:00Z", "2024-06-02T00:00:00.0000000+00:00")]
    public void TryRead_OfATimeWithItsZone_IsThatMoment(string text, string expected) => Assert.Equal(expected, Read(Rules, text));

    [Theory]
    [InlineData("03/04/2024")]
    [InlineData("1/2")]
    [InlineData("March 4")]
    [InlineData("2024-03-01")]
    [InlineData("2024-03-01T12:00:00")]
    [InlineData("12:00")]
    [InlineData("2024-W10-1T00:00:00Z")]
    [InlineData("20240301T120000Z")]
    [InlineData("2024-03-01T12:00:00 CET")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("2024-13-01T00:00:00Z")]
    [InlineData("2016-12-31T23:59:60Z")]
    [InlineData("2024-03-01T24:00:00Z")]
    [InlineData("2024-03-01T12:00:00+15:00")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("2024-06-02T00:00:01Z")]
    [InlineData("1709294400")]
    [InlineData("infinity")]
    [InlineData("now")]
    [InlineData(" 2024-03-01T12:00:00Z")]
    [InlineData("２０24-03-01T12:00:00Z")]
    public void TryRead_OfATimeThatWouldBeGuessedOrIsNotBelieved_IsNone(string text) => Assert.Null(Read(Rules, text));

    [Theory]
    [InlineData("unix", "1709294400", "2024-03-01T12:00:00.0000000+00:00")]
    [InlineData("unix", "1709294400.5", "2024-03-01T12:00:00.5000000+00:00")]
    [InlineData("unix-ms", "1709294400123", "2024-03-01T12:00:00.1230000+00:00")]
    [InlineData("unix", "1709294400123", null)]
    [InlineData("unix", "99999999999999999999999999", null)]
    [InlineData("unix", "-1", null)]
    [InlineData("unix", "1e9", null)]
    [InlineData("dd/MM/yyyy", "03/04/2024", "2024-04-03T00:00:00.0000000+00:00")]
    [InlineData("MM/dd/yyyy HH:mm zzz", "03/04/2024 10:00 +01:00", "2024-03-04T09:00:00.0000000+00:00")]
    [InlineData("dd/MM/yyyy", "2024-04-03T00:00:00Z", null)]
    [InlineData("yyyy-MM-dd", "9999-12-31", null)]
    public void TryRead_OfATimeFormat_ReadsThatAlone(string format, string text, string? expected) =>
        Assert.Equal(expected, Read(Rules with { TimeFormat = format }, text));

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("iso")]
    [InlineData("HH:mm")]
    [InlineData("%Y-%m-%d")]
    [InlineData("yyyy")]
    public void TimeFormat_ThatNamesNoDay_IsRefused(string format) => Assert.Contains(
        "expected unix, unix-ms, or a pattern",
        Assert.Throws<InvalidDataSourceException>(() => new EventTime(Rules with { TimeFormat = format })).Message, StringComparison.Ordinal);

    [Fact]
    public void Range_ThatWasWidened_IsBelieved() =>
        Assert.NotNull(Read(Rules with { Earliest = DateTimeOffset.MinValue, Latest = DateTimeOffset.MaxValue }, "9999-12-31T23:59:59Z"));

    private static string? Read(EventRules rules, string text) => new EventTime(rules).TryRead(text, out DateTimeOffset time) ? time.ToString("O", null) : null;
}
