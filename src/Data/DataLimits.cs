namespace Lifecycle.Data;

/// <summary>What one piece of work on data may use. Results do not depend on any of it.</summary>
public sealed record DataLimits
{
    /// <summary>
    /// Memory of the database in megabytes, beyond which it spills to disk. Not a wall: lists and long strings pass it, so a
    /// worker reads foreign data in a child process that has one.
    /// </summary>
    public int MemoryMegabytes { get; init; } = 2048;

    /// <summary>Threads of the database.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Time after which the work is interrupted; installing packages counts too.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);
}
