namespace Lifecycle.Serving.Logging;

/// <summary>What a crash of the process may cost.</summary>
public enum LogDurability
{
    /// <summary>Rows wait in memory: a crash loses those that were not uploaded yet, at most <see cref="PredictionLoggerOptions.BufferRows"/>.</summary>
    Memory,

    /// <summary>Rows wait in a journal on disk, which the next start recovers: a crash loses what <see cref="JournalSync"/> allows.</summary>
    Journal,
}

/// <summary>When the journal is forced to disk.</summary>
public enum JournalSync
{
    /// <summary>
    /// Before a row is acknowledged; rows that come together share one sync. Nothing acknowledged is lost, whether the process
    /// dies or the machine does.
    /// </summary>
    EveryRow,

    /// <summary>
    /// Every <see cref="PredictionLoggerOptions.SyncInterval"/>. A process that dies loses what it took since its last write, a
    /// machine that dies also what was written since the last sync.
    /// </summary>
    Interval,

    /// <summary>Never: the operating system writes when it likes. A machine that dies may lose every row that was not uploaded.</summary>
    Never,
}

/// <summary>What happens to a row while the buffer is full, because the store has been away for long.</summary>
public enum BackPressure
{
    /// <summary>The row is not logged, and counted. The caller never waits.</summary>
    DropAndCount,

    /// <summary>The caller waits until there is room.</summary>
    Block,
}

/// <summary>What became of one row.</summary>
public enum LogOutcome
{
    /// <summary>Taken, with the durability that was chosen.</summary>
    Logged,

    /// <summary>Not in the sample.</summary>
    NotSampled,

    /// <summary>Not logged: the buffer is full, the journal's disk refuses, or the logger is closed. Counted.</summary>
    Dropped,
}
