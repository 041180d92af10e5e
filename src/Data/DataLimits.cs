namespace Lifecycle.Data;

/// <summary>What one piece of work on data may use. Results do not depend on any of it.</summary>
public sealed record DataLimits
{
    /// <summary>
    /// Memory of the database in megabytes, beyond which it spills to disk. Not a wall: some string functions pass it, so a
    /// worker that reads foreign data also runs under a limit of the operating system.
    /// </summary>
    public int MemoryMegabytes { get; init; } = 2048;

    /// <summary>Threads of the database.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Time after which the work is interrupted; installing packages counts too.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);
}
