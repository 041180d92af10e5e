using Lifecycle.Data;
using Lifecycle.Domain.Names;

namespace Lifecycle.Serving.Logging;

/// <summary>How a client logs its predictions.</summary>
public sealed record PredictionLoggerOptions
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Share of requests that is logged, 0 to 1; all by default. Chosen by the request's id: see <see cref="RequestSample"/>.</summary>
    public double SampleRate { get; init; } = 1;

    /// <summary>What a crash may cost; <see cref="LogDurability.Journal"/> by default.</summary>
    public LogDurability Durability { get; init; } = LogDurability.Journal;

    /// <summary>Folder of the journal, on a local disk, for one process alone; needed for <see cref="LogDurability.Journal"/>.</summary>
    public string? JournalFolder { get; init; }

    /// <summary>When the journal is forced to disk; <see cref="JournalSync.Interval"/> by default.</summary>
    public JournalSync Sync { get; init; } = JournalSync.Interval;

    /// <summary>Time between two syncs of <see cref="JournalSync.Interval"/>, and how closely <see cref="PartAge"/> is kept; 1 second by default.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Rows after which a part is closed and uploaded; 10,000 by default.</summary>
    public int PartRows { get; init; } = 10_000;

    /// <summary>Time after its first row in which a part is closed and uploaded; 1 minute by default.</summary>
    public TimeSpan PartAge { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Rows that may wait for their upload; 100,000 by default. More meet <see cref="BackPressure"/>.</summary>
    public int BufferRows { get; init; } = 100_000;

    /// <summary>What happens while the buffer is full; <see cref="BackPressure.DropAndCount"/> by default.</summary>
    public BackPressure BackPressure { get; init; } = BackPressure.DropAndCount;

    /// <summary>How long closing the logger waits for its last upload; 10 seconds by default. What a journal holds then is uploaded by the next start.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What writing a part may use; little by default, since it happens beside the serving.</summary>
    public DataLimits Limits { get; init; } = new() { MemoryMegabytes = 256, Threads = 1 };

    /// <summary>Throws when a member cannot work, naming it.</summary>
    /// <exception cref="ArgumentException">Something cannot work.</exception>
    public void Validate()
    {
        PlainName.Require(Model, "model");
        Require(SampleRate is >= 0 and <= 1, nameof(SampleRate), SampleRate, "0 to 1");
        Require(PartRows >= 1, nameof(PartRows), PartRows, "at least 1");
        Require(BufferRows >= PartRows, nameof(BufferRows), BufferRows, $"at least {nameof(PartRows)}, {PartRows}");
        Require(PartAge > TimeSpan.Zero, nameof(PartAge), PartAge, "more than nothing");
        Require(SyncInterval > TimeSpan.Zero, nameof(SyncInterval), SyncInterval, "more than nothing");
        Require(
            Durability == LogDurability.Memory || !string.IsNullOrWhiteSpace(JournalFolder),
            nameof(JournalFolder), JournalFolder ?? "nothing", $"a folder, or {nameof(Durability)} {LogDurability.Memory}");
    }

    private static void Require(bool holds, string member, object found, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException($"Option {member} of the prediction logger: found {found}, expected {expected}.");
        }
    }
}
