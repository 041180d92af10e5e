using System.Globalization;

namespace Lifecycle.Domain.Models;

/// <summary>Names of periods, and the months that they begin with, counted from the year 0.</summary>
internal static class SnapshotPeriods
{
    // Windows reach back, and dates begin with the year 1.
    private const int FirstYear = 200;

    /// <summary>Months of a period.</summary>
    public static int MonthsOf(SnapshotPeriod period) => period switch
    {
        SnapshotPeriod.Month => 1,
        SnapshotPeriod.Quarter => 3,
        _ => 12,
    };

    /// <summary>What a period's name looks like.</summary>
    public static string NounOf(SnapshotPeriod period) => period switch
    {
        SnapshotPeriod.Month => "a month such as 1995-03",
        SnapshotPeriod.Quarter => "a quarter such as 1995-Q1",
        _ => "a year such as 1995",
    };

    /// <summary>The month that a period begins with; null for what is no name of one.</summary>
    public static int? MonthOf(SnapshotPeriod period, string name) => (period, name.Split('-')) switch
    {
        (SnapshotPeriod.Month, [var year, { Length: 2 } month]) when Year(year) is { } y && Number(month) is >= 1 and <= 12 and { } m => (y * 12) + m - 1,
        (SnapshotPeriod.Quarter, [var year, ['Q', var quarter]]) when Year(year) is { } y && quarter is >= '1' and <= '4' => (y * 12) + ((quarter - '1') * 3),
        (SnapshotPeriod.Year, [var year]) when Year(year) is { } y => y * 12,
        _ => null,
    };

    /// <summary>Name of the period that begins with a month.</summary>
    public static string NameOf(SnapshotPeriod period, int month) => period switch
    {
        SnapshotPeriod.Month => string.Create(CultureInfo.InvariantCulture, $"{month / 12:0000}-{(month % 12) + 1:00}"),
        SnapshotPeriod.Quarter => string.Create(CultureInfo.InvariantCulture, $"{month / 12:0000}-Q{(month % 12 / 3) + 1}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{month / 12:0000}"),
    };

    /// <summary>First day of a month.</summary>
    public static DateOnly FirstDay(int month) => new(month / 12, (month % 12) + 1, 1);

    private static int? Year(string text) => text.Length == 4 && Number(text) is { } year and >= FirstYear and <= 9900 ? year : null;

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
