using Lifecycle.LocalEngine.Notation;
using Lifecycle.LocalEngine.Tests.Schedules.Specs;

namespace Lifecycle.LocalEngine.Tests.Notation;

public sealed class NotationTests
{
    [Theory]
    [InlineData("1h30m", 5_400_000_000_000)]
    [InlineData("-1.5h", -5_400_000_000_000)]
    [InlineData("+2d", 172_800_000_000_000)]
    [InlineData("300ms", 300_000_000)]
    [InlineData("1s1us1ns", 1_000_001_001)]
    [InlineData("01:30:00", 5_400_000_000_000)]
    [InlineData("42", 42)]
    public void Duration_InAnyNotation_IsNanoseconds(string text, long nanoseconds) => Assert.Equal(nanoseconds, DurationText.TryParseNanoseconds(text));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("--5h")]
    [InlineData("1x")]
    [InlineData("h")]
    [InlineData("1.2.3s")]
    [InlineData("1:2")]
    [InlineData("00:61:00")]
    [InlineData("99999999999999999999999d")]
    [InlineData("106752d")]
    public void Duration_InNoNotation_IsNone(string text) => Assert.Null(DurationText.TryParseNanoseconds(text));

    [Theory]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T01:00:00.123456789+01:00", "2026-01-01T00:00:00.1234567Z")]
    public void Timestamp_InRfc3339_IsATime(string text, string expected) => Assert.Equal(SpecText.At(expected), TimestampText.TryParse(text));

    [Theory]
    [InlineData("2026-01-01")]
    [InlineData("2026-01-01T00:00:00")]
    [InlineData("2026-01-01 00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00Z\n")]
    [InlineData("")]
    public void Timestamp_InOtherForm_IsNone(string text) => Assert.Null(TimestampText.TryParse(text));
}
