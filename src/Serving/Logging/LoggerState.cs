using System.Diagnostics.CodeAnalysis;

namespace Lifecycle.Serving.Logging;

/// <summary>The counters while they count, and the room in the buffer; safe for use by several threads.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Without its wait handle a SemaphoreSlim holds nothing, and rows may come after the logger was closed.")]
internal sealed class LoggerState(int bufferRows)
{
    private readonly SemaphoreSlim room = new(bufferRows);
    private long logged;
    private long notSampled;
    private long dropped;
    private long waiting;
    private long uploaded;
    private long recovered;
    private long damagedLines;
    private long failedUploads;
    private volatile string? lastFailure;

    /// <summary>A copy.</summary>
    public LoggerCounters Counters => new()
    {
        LoggedCount = Interlocked.Read(ref logged),
        NotSampledCount = Interlocked.Read(ref notSampled),
        DroppedCount = Interlocked.Read(ref dropped),
        WaitingCount = Interlocked.Read(ref waiting),
        UploadedCount = Interlocked.Read(ref uploaded),
        RecoveredCount = Interlocked.Read(ref recovered),
        DamagedLineCount = Interlocked.Read(ref damagedLines),
        FailedUploadCount = Interlocked.Read(ref failedUploads),
        LastFailure = lastFailure,
    };

    /// <summary>Takes room for a row, if there is some.</summary>
    public bool TryEnter() => room.Wait(0, CancellationToken.None) && Entered();

    /// <summary>Waits for room for a row.</summary>
    public async Task EnterAsync(CancellationToken cancellation)
    {
        await room.WaitAsync(cancellation);
        Entered();
    }

    /// <summary>Counts a request outside the sample.</summary>
    public void NotSampled() => Interlocked.Increment(ref notSampled);

    /// <summary>Counts a row that could not be taken.</summary>
    public void Dropped() => Interlocked.Increment(ref dropped);

    /// <summary>Counts a row that was taken.</summary>
    public void Logged() => Interlocked.Increment(ref logged);

    /// <summary>Gives back the room of a row that was not taken after all.</summary>
    public void Refused(string reason)
    {
        lastFailure = reason;
        Dropped();
        Leave(1);
    }

    /// <summary>Counts a part that was uploaded, and gives back its room.</summary>
    public void Uploaded(SealedRows rows, int entered)
    {
        Interlocked.Add(ref uploaded, rows.Rows.Length);
        Interlocked.Add(ref damagedLines, rows.DamagedLineCount);
        if (entered == 0)
        {
            Interlocked.Add(ref recovered, rows.Rows.Length);
        }

        Leave(entered);
    }

    /// <summary>Counts an upload that will be tried again.</summary>
    public void UploadFailed(string reason)
    {
        lastFailure = reason;
        Interlocked.Increment(ref failedUploads);
    }

    private bool Entered()
    {
        Interlocked.Increment(ref waiting);
        return true;
    }

    private void Leave(int rows)
    {
        if (rows > 0)
        {
            Interlocked.Add(ref waiting, -rows);
            room.Release(rows);
        }
    }
}
