namespace Lifecycle.Serving.Logging;

/// <summary>What a logger has done since it was opened.</summary>
public sealed record LoggerCounters
{
    /// <summary>Rows taken.</summary>
    public long LoggedCount { get; init; }

    /// <summary>Requests outside the sample.</summary>
    public long NotSampledCount { get; init; }

    /// <summary>Rows that were to be logged and were not.</summary>
    public long DroppedCount { get; init; }

    /// <summary>Rows taken and not uploaded yet, without those of earlier processes.</summary>
    public long WaitingCount { get; init; }

    /// <summary>Rows uploaded, those of earlier processes among them.</summary>
    public long UploadedCount { get; init; }

    /// <summary>Rows of earlier processes that the journal gave back at the start.</summary>
    public long RecoveredCount { get; init; }

    /// <summary>Lines of the journal that could not be read: torn by a crash, never acknowledged under <see cref="JournalSync.EveryRow"/>.</summary>
    public long DamagedLineCount { get; init; }

    /// <summary>Uploads that failed and are tried again.</summary>
    public long FailedUploadCount { get; init; }

    /// <summary>Why the newest failure of journal or upload happened; null while there was none.</summary>
    public string? LastFailure { get; init; }
}
