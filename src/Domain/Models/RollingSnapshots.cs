using System.Collections.Immutable;
using System.Globalization;

namespace Lifecycle.Domain.Models;

/// <summary>
/// One DataSnapshot for each month, quarter or year: its id is the period, its cutoff the period's last day, and its script gets the
/// parameter <c>from</c>, the first day of the window. Periods are those of the calendar.
/// </summary>
public sealed record RollingSnapshots
{
    /// <summary>Most periods that a definition may have.</summary>
    public const int MaximumPeriods = 400;

    /// <summary>Name of the script's parameter with the window's first day.</summary>
    public const string FromParameter = "from";

    /// <summary>Length of a period.</summary>
    public required SnapshotPeriod Every { get; init; }

    /// <summary>The first period, such as <c>1995-Q1</c>, <c>1995-03</c> or <c>1995</c>.</summary>
    public required string First { get; init; }

    /// <summary>The last period.</summary>
    public required string Last { get; init; }

    /// <summary>How far a snapshot reaches back from its period's end, such as <c>5y</c> or <c>20q</c> or <c>18mo</c>.</summary>
    public required string Window { get; init; }

    /// <summary>What cannot be meant, as a sentence; null where all can.</summary>
    public string? Fault()
    {
        if (SnapshotPeriods.MonthOf(Every, First) is not { } first)
        {
            return $"'first' is '{First}'; expected {SnapshotPeriods.NounOf(Every)}";
        }

        if (SnapshotPeriods.MonthOf(Every, Last) is not { } last)
        {
            return $"'last' is '{Last}'; expected {SnapshotPeriods.NounOf(Every)}";
        }

        int periods = ((last - first) / SnapshotPeriods.MonthsOf(Every)) + 1;
        return MonthsOf(Window) is null ? $"'window' is '{Window}'; expected a length such as 5y, 20q or 18mo"
            : last < first ? $"'last' is '{Last}', before 'first', '{First}'"
            : periods > MaximumPeriods ? string.Create(CultureInfo.InvariantCulture, $"there are {periods} periods; expected at most {MaximumPeriods}")
            : null;
    }

    /// <summary>The DataSnapshots, oldest first; none where something cannot be meant.</summary>
    public ImmutableArray<SnapshotDefinition> Snapshots()
    {
        if (Fault() is not null)
        {
            return [];
        }

        int step = SnapshotPeriods.MonthsOf(Every);
        int first = SnapshotPeriods.MonthOf(Every, First)!.Value;
        int last = SnapshotPeriods.MonthOf(Every, Last)!.Value;
        int window = MonthsOf(Window)!.Value;
        return [.. Enumerable.Range(0, ((last - first) / step) + 1).Select(number => Of(first + (number * step), step, window))];
    }

    private SnapshotDefinition Of(int month, int step, int window)
    {
        DateOnly end = SnapshotPeriods.FirstDay(month + step);
        return new SnapshotDefinition
        {
            Id = SnapshotPeriods.NameOf(Every, month),
            Cutoff = end.AddDays(-1),
            Parameters = ImmutableSortedDictionary<string, string>.Empty.Add(FromParameter, SnapshotPeriods.FirstDay(month + step - window).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        };
    }

    private static int? MonthsOf(string window)
    {
        (string digits, int months) = window switch
        {
            _ when window.EndsWith("mo", StringComparison.Ordinal) => (window[..^2], 1),
            _ when window.EndsWith('q') => (window[..^1], 3),
            _ when window.EndsWith('y') => (window[..^1], 12),
            _ => ("", 0),
        };
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= 1200 ? count * months : null;
    }
}

/// <summary>Length of a period of the calendar.</summary>
public enum SnapshotPeriod
{
    /// <summary>A month, such as <c>1995-03</c>.</summary>
    Month,

    /// <summary>A quarter, such as <c>1995-Q1</c>.</summary>
    Quarter,

    /// <summary>A year, such as <c>1995</c>.</summary>
    Year,
}
