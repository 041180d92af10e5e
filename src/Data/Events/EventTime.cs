using System.Globalization;
using System.Text.RegularExpressions;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Events;

/// <summary>Reads the times of events, strictly: nothing is guessed, and no arithmetic leaves the calendar.</summary>
internal sealed partial class EventTime
{
    private readonly EventRules rules;

    /// <summary>Reads by rules.</summary>
    /// <exception cref="InvalidDataSourceException">The time format is none, or the range is empty.</exception>
    public EventTime(EventRules rules)
    {
        this.rules = rules;
        if (rules.TimeFormat is not (null or "unix" or "unix-ms") && !(rules.TimeFormat.Contains("yyyy", StringComparison.Ordinal) && rules.TimeFormat.Contains('M', StringComparison.Ordinal) && rules.TimeFormat.Contains('d', StringComparison.Ordinal)))
        {
            throw new InvalidDataSourceException(
                $"the time format '{ShownText.Of(rules.TimeFormat)}' is none; expected unix, unix-ms, or a pattern with yyyy, M and d such as 'dd/MM/yyyy HH:mm'");
        }

        if (rules.Earliest >= rules.Latest)
        {
            throw new InvalidDataSourceException($"no time is from {rules.Earliest:O} to {rules.Latest:O}; exchange the two");
        }

        string expected = rules.TimeFormat switch
        {
            null => "a time with its zone, such as 2024-03-01T12:00:00Z (or say how they are written: --time-format)",
            "unix" => "seconds since 1970-01-01T00:00Z",
            "unix-ms" => "milliseconds since 1970-01-01T00:00Z",
            { } pattern => $"a time such as '{pattern}' writes it",
        };
        Expected = string.Create(CultureInfo.InvariantCulture, $"{expected}, from {rules.Earliest.UtcDateTime:yyyy-MM-dd} to {rules.Latest.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}");
    }

    /// <summary>What a time must look like, for messages.</summary>
    public string Expected { get; }

    /// <summary>Reads a time that lies in the range.</summary>
    public bool TryRead(string text, out DateTimeOffset time)
    {
        DateTimeOffset? read = rules.TimeFormat switch
        {
            null => Iso(text),
            "unix" => Unix(text, TimeSpan.TicksPerSecond),
            "unix-ms" => Unix(text, TimeSpan.TicksPerMillisecond),
            { } pattern => DateTimeOffset.TryParseExact(
                text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset found) ? found : null,
        };
        time = read ?? default;
        return read is not null && rules.Earliest <= time && time <= rules.Latest;
    }

    private static DateTimeOffset? Unix(string text, long ticksPerUnit)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal units))
        {
            return null;
        }

        decimal most = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / (decimal)ticksPerUnit;
        return units >= 0 && units <= most ? DateTimeOffset.UnixEpoch.AddTicks((long)(units * ticksPerUnit)) : null;
    }

    private static DateTimeOffset? Iso(string text)
    {
        Match match = IsoPattern().Match(text);
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
        long zone = ((zoneHour * 60L) + zoneMinute) * TimeSpan.TicksPerMinute * (match.Groups["sign"].Value == "-" ? -1 : 1);
        long ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + long.Parse(fraction, CultureInfo.InvariantCulture) - zone;
        return ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private static int Of(Match match, string group) =>
        match.Groups[group] is { Success: true, ValueSpan: var digits } ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"\A(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})[Tt ](?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?)?([Zz]|(?<sign>[+-])(?<zoneHour>[0-9]{2})(:?(?<zoneMinute>[0-9]{2}))?)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex IsoPattern();
}
