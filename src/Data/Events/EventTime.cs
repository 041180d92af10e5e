using System.Globalization;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Events;

/// <summary>Reads the times of events, strictly: nothing is guessed, and no arithmetic leaves the calendar.</summary>
internal sealed class EventTime
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
            null => IsoTime.Read(text)?.Moment,
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
}
