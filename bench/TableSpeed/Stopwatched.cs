using System.Diagnostics;

namespace Lifecycle.TableSpeed;

/// <summary>What something took: seconds of the clock, and of this process on all cores.</summary>
internal readonly record struct Taken(double Wall, double Processor)
{
    public static Taken operator +(Taken one, Taken other) => new(one.Wall + other.Wall, one.Processor + other.Processor);
}

/// <summary>Clock and processor time of this process since a moment.</summary>
internal readonly record struct Stopwatched(long Began, TimeSpan Used)
{
    public static Stopwatched Begin() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

    public Taken Taken => new(Stopwatch.GetElapsedTime(Began).TotalSeconds, (Environment.CpuUsage.TotalTime - Used).TotalSeconds);
}
