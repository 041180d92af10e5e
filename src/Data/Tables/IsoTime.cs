using System.Globalization;
using System.Text.RegularExpressions;

namespace Lifecycle.Data.Tables;

/// <summary>A time as ISO 8601 writes it, read strictly: nothing is guessed, and nothing leaves the calendar.</summary>
/// <param name="Clock">What the clock shows; the beginning of the day where no time of day is written.</param>
/// <param name="Zone">The clock's distance from UTC; null where no zone is written.</param>
internal readonly partial record struct IsoTime(DateTime Clock, TimeSpan? Zone)
{
    /// <summary>The point in time; null where no zone is written, or where it lies outside the calendar.</summary>
    public DateTimeOffset? Moment => Zone is { } zone && Clock.Ticks - zone.Ticks is var ticks && ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks
        ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : null;

    /// <summary>Reads a time; null if the text is none. Digits after the seventh of a second are cut.</summary>
    public static IsoTime? Read(string text)
    {
        Match match = Pattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        (int year, int month, int day) = (Of(match, "year"), Of(match, "month"), Of(match, "day"));
        (int hour, int minute, int second) = (Of(match, "hour"), Of(match, "minute"), Of(match, "second"));
        (int zoneHour, int zoneMinute) = (Of(match, "zoneHour"), Of(match, "zoneMinute"));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59 || zoneHour > 14 || zoneMinute > 59)
        {
            return null;
        }

        string fraction = match.Groups["fraction"].Value.PadRight(7, '0')[..7];
        DateTime clock = new DateTime(year, month, day, hour, minute, second).AddTicks(long.Parse(fraction, CultureInfo.InvariantCulture));
        TimeSpan zone = TimeSpan.FromMinutes((zoneHour * 60) + zoneMinute);
        return new IsoTime(clock, match.Groups["zone"].Success ? match.Groups["sign"].Value == "-" ? -zone : zone : null);
    }

    private static int Of(Match match, string group) =>
        match.Groups[group] is { Success: true, ValueSpan: var digits } ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"\A(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})([Tt ](?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?)?(?<zone>[Zz]|(?<sign>[+-])(?<zoneHour>[0-9]{2})(:?(?<zoneMinute>[0-9]{2}))?)?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
