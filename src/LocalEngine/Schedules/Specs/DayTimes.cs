using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>Times of a day: every combination of a second, a minute and an hour whose bits are set.</summary>
internal readonly record struct DayTimes(ulong Seconds, ulong Minutes, ulong Hours)
{
    private const int Minute = 60;
    private const int Hour = 3_600;
    private const int Day = 86_400;

    /// <summary>Whether every one of these times is in one of <paramref name="sets"/>.</summary>
    public bool AreCoveredBy(IReadOnlyCollection<DayTimes> sets)
    {
        for (var hour = 0; hour < 24; hour++)
        {
            for (var minute = 0; minute < 60; minute++)
            {
                if (Has(Hours, hour) && Has(Minutes, minute) && !AreSecondsCovered(sets, hour, minute))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The times of day at which an interval can fall where clocks show <paramref name="offset"/>, or more than those.</summary>
    public static DayTimes Of(IntervalSpec interval, TimeSpan offset)
    {
        var every = interval.Interval.Seconds;
        var first = (interval.Phase?.Seconds ?? 0) + (long)offset.TotalSeconds;
        return new(Residues(every, first, Minute, 1), Residues(every, first, Hour, Minute), Residues(every, first, Day, Hour));
    }

    private bool AreSecondsCovered(IReadOnlyCollection<DayTimes> sets, int hour, int minute)
    {
        var covered = 0UL;
        foreach (var set in sets)
        {
            covered |= Has(set.Hours, hour) && Has(set.Minutes, minute) ? set.Seconds : 0;
        }

        return (Seconds & ~covered) == 0;
    }

    // The rhythm repeats itself within the period by their greatest common divisor; one that is no whole number of units hits all.
    private static ulong Residues(long every, long first, int period, int unit)
    {
        var common = (long)System.Numerics.BigInteger.GreatestCommonDivisor(every, period);
        if (common % unit != 0)
        {
            return (1UL << (period / unit)) - 1;
        }

        var bits = 0UL;
        for (var value = ((first % common) + common) % common / unit; value < period / unit; value += common / unit)
        {
            bits |= 1UL << (int)value;
        }

        return bits;
    }

    private static bool Has(ulong bits, int value) => (bits >> value & 1) == 1;
}
