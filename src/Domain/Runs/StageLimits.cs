namespace Lifecycle.Domain.Runs;

/// <summary>What the child process of a stage may use.</summary>
public sealed record StageLimits
{
    /// <summary>The smallest wall that a stage can work below, in megabytes.</summary>
    public const int SmallestMemoryMegabytes = 256;

    /// <summary>
    /// Memory of the process and of what it starts, in megabytes; 4096 by default. The database spills to disk above half of
    /// it (2 GB at most) and the managed heap may have three quarters: both end below the wall.
    /// </summary>
    public int MemoryMegabytes { get; init; } = 4096;

    /// <summary>Longest time of one stage; an hour by default. The engine's own limit for the call counts where it is shorter.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(1);
}
