using System.Globalization;
using Lifecycle.Data.Inputs;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Inputs;

/// <summary>A value is read by its column's type, or refused with what was found and what was expected; nothing is guessed.</summary>
public sealed class GivenValueTests
{
    [Theory]
    [InlineData("12.5", 12.5f)]
    [InlineData("-3", -3f)]
    [InlineData("+1e3", 1000f)]
    [InlineData(".5", 0.5f)]
    [InlineData("3.4e38", 3.4e38f)]
    [InlineData("1e-60", 0f)]
    public void Number_WithAPoint_IsRead(string text, float number) => Assert.Equal(number, Read(InputType.Number, text).Number);

    [Theory]
    [InlineData("12,5", "expected a number such as 12.5: the decimal mark is a point, and thousands have none")]
    [InlineData("1,234.5", "the decimal mark is a point, and thousands have none")]
    [InlineData("1e308", "expected a number such as 12.5, of 32 bits: -3.4028235E+38 to 3.4028235E+38")]
    [InlineData("-3.5e38", "of 32 bits")]
    [InlineData("NaN", "holds 'NaN'; expected a number such as 12.5; leave a missing one out")]
    [InlineData("", "holds ''; expected a number such as 12.5; leave a missing one out")]
    [InlineData("Infinity", "holds 'Infinity'; expected a number")]
    [InlineData("∞", "expected a number")]
    [InlineData(" 12", "holds ' 12'")]
    [InlineData("12 km", "holds '12 km'")]
    [InlineData("1_000", "holds '1_000'")]
    [InlineData("0x10", "holds '0x10'")]
    [InlineData("(5)", "holds '(5)'")]
    [InlineData("$5", "holds '$5'")]
    [InlineData("٣", "holds '٣'")]
    public void Number_ThatIsNone_IsRefused(string text, string fault) => Refuses(InputType.Number, text, fault);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Integer_Of64Bits_IsRead(string text, long integer) => Assert.Equal(integer, Read(InputType.Integer, text).Integer);

    [Theory]
    [InlineData("9223372036854775808", "expected a whole number such as 12, of 64 bits: -9223372036854775808 to 9223372036854775807")]
    [InlineData("-9223372036854775809", "of 64 bits")]
    [InlineData("3.0", "holds '3.0'; expected a whole number such as 12")]
    [InlineData("1e3", "expected a whole number")]
    [InlineData("1,000", "expected a whole number")]
    [InlineData("", "expected a whole number")]
    [InlineData("-", "expected a whole number")]
    [InlineData("true", "expected a whole number")]
    public void Integer_ThatIsNone_IsRefused(string text, string fault) => Refuses(InputType.Integer, text, fault);

    [Theory]
    [InlineData("true", 1)]
    [InlineData("1", 1)]
    [InlineData("false", 0)]
    [InlineData("0", 0)]
    public void Boolean_OfTheFour_IsRead(string text, long truth) => Assert.Equal(truth, Read(InputType.Boolean, text).Integer);

    [Theory]
    [InlineData("yes", "holds 'yes'; expected true, false, 1 or 0")]
    [InlineData("no", "expected true, false, 1 or 0")]
    [InlineData("True", "expected true, false, 1 or 0, in lower case")]
    [InlineData("t", "expected true, false, 1 or 0")]
    [InlineData("2", "expected true, false, 1 or 0")]
    [InlineData("", "expected true, false, 1 or 0")]
    public void Boolean_ThatIsNone_IsRefused(string text, string fault) => Refuses(InputType.Boolean, text, fault);

    [Theory]
    [InlineData(InputZone.Utc, "2001-06-20T17:35:00Z", "2001-06-20T17:35:00.000000")]
    [InlineData(InputZone.Utc, "2001-06-20 17:35:00.25+02:00", "2001-06-20T15:35:00.250000")]
    [InlineData(InputZone.Utc, "1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.999999")]
    [InlineData(InputZone.Local, "2001-06-20T17:35:00", "2001-06-20T17:35:00.000000")]
    [InlineData(InputZone.Local, "2001-06-20T17:35", "2001-06-20T17:35:00.000000")]
    [InlineData(InputZone.Local, "2001-06-20", "2001-06-20T00:00:00.000000")]
    public void Timestamp_ByItsClock_IsReadToTheMicrosecond(InputZone zone, string text, string clock) => Assert.Equal(
        clock,
        DateTime.UnixEpoch.AddMicroseconds(GivenValue.Read(new() { Name = "at", Type = InputType.Timestamp, Zone = zone }, text).Integer).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(InputZone.Utc, "2001-06-20T17:35:00", "expected a point in time with its zone such as 2024-03-01T12:00:00Z: nobody says which zone its clock has")]
    [InlineData(InputZone.Utc, "2001-06-20", "nobody says which zone")]
    [InlineData(InputZone.Local, "2001-06-20T17:35:00Z", "expected a wall clock without zone such as 2024-03-01T12:00:00: the model was trained on wall clocks")]
    [InlineData(InputZone.Local, "20/06/2001 17:35", "holds '20/06/2001 17:35'; expected a wall clock")]
    [InlineData(InputZone.Utc, "993058500", "expected a point in time")]
    [InlineData(InputZone.Utc, "2001-02-29T00:00:00Z", "expected a point in time")]
    [InlineData(InputZone.Utc, "0001-01-01T00:00:00+02:00", "expected a point in time")]
    public void Timestamp_ThatIsNone_IsRefused(InputZone zone, string text, string fault) =>
        Assert.Contains(fault, GivenValue.Read(new() { Name = "at", Type = InputType.Timestamp, Zone = zone }, text).Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData(InputType.Text)]
    [InlineData(InputType.HostName)]
    [InlineData(InputType.Category)]
    public void Text_IsTakenAsItIsWritten(InputType type) => Assert.Equal(" JFK ", Read(type, " JFK ").Text);

    [Theory]
    [InlineData(InputType.Text, "expected a text")]
    [InlineData(InputType.HostName, "expected a host name such as example.com")]
    [InlineData(InputType.Category, "expected a text, one of the column's levels")]
    [InlineData(InputType.Number, "expected a number")]
    [InlineData(InputType.Integer, "expected a whole number")]
    [InlineData(InputType.Boolean, "expected true")]
    [InlineData(InputType.Timestamp, "expected a point in time")]
    public void MissingValue_IsReadOnlyWhereOneMayBeMissing(InputType type, string expected)
    {
        Assert.StartsWith($"column 'x' has no value; {expected}", GivenValue.Read(new() { Name = "x", Type = type }, null).Fault, StringComparison.Ordinal);

        GivenValue missing = GivenValue.Read(new() { Name = "x", Type = type, Nullable = true }, null);
        Assert.Null(missing.Fault);
        Assert.False(missing.IsPresent);
        Assert.Null(missing.Text);
        Assert.True(float.IsNaN(missing.Number));
    }

    private static GivenValue Read(InputType type, string text)
    {
        GivenValue value = GivenValue.Read(new() { Name = "x", Type = type }, text);
        Assert.Null(value.Fault);
        Assert.True(value.IsPresent);
        return value;
    }

    private static void Refuses(InputType type, string text, string fault) =>
        Assert.Contains(fault, GivenValue.Read(new() { Name = "x", Type = type }, text).Fault, StringComparison.Ordinal);
}
