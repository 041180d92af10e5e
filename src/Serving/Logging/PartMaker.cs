namespace Lifecycle.Serving.Logging;

/// <summary>The logger's own thread: puts rows into the buffer, tells who waits, and closes parts by rows and age.</summary>
internal sealed class PartMaker(PredictionLoggerOptions options, IPartBuffer buffer, PartUploader uploader, LoggerState state, TimeProvider time)
{
    private const int RowsPerWrite = 1024;

    private readonly List<TaskCompletionSource<LogOutcome>> unsynced = [];
    private long firstRow;
    private long lastSync;
    private int entered;
    private int unwritten;

    /// <summary>Takes an entry; <see cref="Settle"/> follows when no other is at hand.</summary>
    public void Take(LogEntry entry)
    {
        if (entry.Row is { } row)
        {
            Append(row, entry.Done);
        }

        if (unwritten >= RowsPerWrite)
        {
            Settle();
        }

        if (entry.Flush || buffer.Count >= options.PartRows || IsOld)
        {
            Settle();
            Seal();
        }
    }

    /// <summary>Makes the rows taken as safe as was promised, and tells who waits for it.</summary>
    public void Settle()
    {
        LogOutcome outcome = TryWrite() ? LogOutcome.Logged : LogOutcome.Dropped;
        foreach (TaskCompletionSource<LogOutcome> done in unsynced)
        {
            done.TrySetResult(outcome);
        }

        unsynced.Clear();
        unwritten = 0;
    }

    private bool IsOld => buffer.Count > 0 && time.GetElapsedTime(firstRow) >= options.PartAge;

    private void Append(ServedPrediction row, TaskCompletionSource<LogOutcome>? done)
    {
        try
        {
            firstRow = buffer.Count == 0 ? time.GetTimestamp() : firstRow;
            buffer.Append(row);
            entered++;
            unwritten++;
            state.Logged();
            if (done is not null)
            {
                unsynced.Add(done);
            }
        }
        catch (Exception refused)
        {
            state.Refused($"a row was not logged: {refused.Message}");
            done?.TrySetResult(LogOutcome.Dropped);
            if (refused is IOException)
            {
                // What follows must not join a torn line.
                Seal();
            }
        }
    }

    private bool TryWrite()
    {
        try
        {
            bool toDisk = options.Sync == JournalSync.EveryRow
                || (options.Sync == JournalSync.Interval && time.GetElapsedTime(lastSync) >= options.SyncInterval);
            buffer.Write(toDisk);
            lastSync = toDisk ? time.GetTimestamp() : lastSync;
            return true;
        }
        catch (IOException refused)
        {
            state.UploadFailed($"the journal was not written: {refused.Message}");
            return false;
        }
    }

    private void Seal()
    {
        try
        {
            if (buffer.Seal(time.GetUtcNow()) is { } part)
            {
                uploader.Add(part, entered);
                entered = 0;
            }
        }
        catch (IOException refused)
        {
            state.UploadFailed($"a part was not closed: {refused.Message}; the next start recovers it");
        }
    }
}
