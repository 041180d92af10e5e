using System.Buffers;
using System.Globalization;

namespace Lifecycle.LocalEngine.Notation;

/// <summary>
/// Durations as users of the protocol write them: <c>1h30m</c>, <c>-1.5h</c>, <c>2d12h</c>, <c>300ms</c>,
/// <c>01:30:00</c>, or a whole number of nanoseconds.
/// </summary>
internal static class DurationText
{
    private static readonly SearchValues<char> NumberParts = SearchValues.Create("0123456789.");

    // Longer units stand before their own prefixes: "ms" must not be read as minutes.
    private static readonly (string Unit, decimal Nanoseconds)[] Units =
    [
        ("ns", 1m), ("us", 1_000m), ("µs", 1_000m), ("ms", 1_000_000m), ("s", 1_000_000_000m),
        ("m", 60_000_000_000m), ("h", 3_600_000_000_000m), ("d", 86_400_000_000_000m),
    ];

    /// <summary>The duration in nanoseconds, or null where the text is no duration or does not fit 64 bits.</summary>
    public static long? TryParseNanoseconds(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nanoseconds)
            ? nanoseconds
            : TryParseUnits(text) ?? TryParseClock(text);

    /// <summary>The duration written with units, in nanoseconds, or null.</summary>
    public static long? TryParseUnits(string text)
    {
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-", StringComparison.Ordinal);
        rest = rest is ['-' or '+', ..] ? rest[1..] : rest;
        if (rest.IsEmpty)
        {
            return null;
        }

        var total = 0m;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(NumberParts);
            if (digits is < 1 or > 20 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                return null;
            }

            rest = rest[digits..];
            var scale = TakeUnit(ref rest);
            if (scale == 0m)
            {
                return null;
            }

            total += amount * scale;
        }

        return total <= long.MaxValue ? (long)(negative ? -total : total) : null;
    }

    private static decimal TakeUnit(ref ReadOnlySpan<char> rest)
    {
        foreach (var (unit, nanoseconds) in Units)
        {
            if (rest.StartsWith(unit, StringComparison.Ordinal))
            {
                rest = rest[unit.Length..];
                return nanoseconds;
            }
        }

        return 0m;
    }

    private static long? TryParseClock(string text) =>
        text.Split(':') is [var hours, var minutes, var seconds]
        && int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var wholeHours)
        && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var wholeMinutes) && wholeMinutes < 60
        && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var wholeSeconds) && wholeSeconds < 60
        && wholeHours < 2_500_000
            ? ((wholeHours * 3600L) + (wholeMinutes * 60L) + wholeSeconds) * 1_000_000_000L
            : null;
}
