using System.Threading.Channels;
using Lifecycle.Storage;

namespace Lifecycle.Serving.Logging;

/// <summary>
/// Logs a client's predictions: sampled by request, buffered with the durability that was chosen, uploaded in parts. Nothing
/// on the serving path throws or waits for the store. Safe for use by several threads at once; close it by disposing it.
/// </summary>
public sealed class PredictionLogger : IAsyncDisposable
{
    private readonly PredictionLoggerOptions options;
    private readonly IPartBuffer buffer;
    private readonly LoggerState state;
    private readonly PartUploader uploader;
    private readonly TimeProvider time;
    private readonly Channel<LogEntry> entries = Channel.CreateUnbounded<LogEntry>(new() { SingleReader = true });
    private readonly CancellationTokenSource closing = new();
    private readonly CancellationTokenSource abandoned = new();
    private readonly CancellationToken closed;
    private readonly ITimer ticks;
    private readonly Task making;
    private readonly Task uploading;

    private PredictionLogger(PredictionLoggerOptions options, IBlobStore store, TimeProvider time, Action<LogStep> pass)
    {
        (this.options, this.time, closed) = (options, time, closing.Token);
        state = new LoggerState(options.BufferRows);
        uploader = new PartUploader(options, store, state, time, pass);
        buffer = options.Durability == LogDurability.Memory ? new MemoryBuffer() : Recover(Journal.Open(options.JournalFolder!, pass));
        making = Task.Run(MakeAsync);
        uploading = Task.Run(() => uploader.RunAsync(abandoned.Token));
        ticks = time.CreateTimer(_ => entries.Writer.TryWrite(default), null, options.SyncInterval, options.SyncInterval);
    }

    /// <summary>What the logger has done so far.</summary>
    public LoggerCounters Counters => state.Counters;

    /// <summary>Opens a logger; rows that an earlier process left in the journal are uploaded first.</summary>
    /// <exception cref="ArgumentException">An option cannot work.</exception>
    /// <exception cref="IOException">Another process has the journal's folder.</exception>
    public static PredictionLogger Open(PredictionLoggerOptions options, IBlobStore store, TimeProvider time) => Open(options, store, time, _ => { });

    internal static PredictionLogger Open(PredictionLoggerOptions options, IBlobStore store, TimeProvider time, Action<LogStep> pass)
    {
        options.Validate();
        return new PredictionLogger(options, store, time, pass);
    }

    /// <summary>
    /// Logs one answer. Ends when the row is as safe as was promised: at once, but for <see cref="JournalSync.EveryRow"/>, which waits for
    /// the disk, and <see cref="BackPressure.Block"/>, which waits for room. Never throws; a cancelled wait is a dropped row.
    /// </summary>
    public ValueTask<LogOutcome> LogAsync(ServedPrediction prediction, CancellationToken cancellationToken = default)
    {
        if (!RequestSample.Includes(prediction.RequestId, options.SampleRate))
        {
            state.NotSampled();
            return new(LogOutcome.NotSampled);
        }

        if (state.TryEnter())
        {
            return HandAsync(prediction);
        }

        return options.BackPressure == BackPressure.Block ? new(WaitAndHandAsync(prediction, cancellationToken)) : new(Drop());
    }

    /// <summary>Closes the part in the making and ends when all parts so far are uploaded.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        TaskCompletionSource<LogOutcome> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        entries.Writer.TryWrite(new LogEntry(null, closed, Flush: true));
        await closed.Task.WaitAsync(cancellationToken);
        await uploader.WhenUploadedAsync().WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Closes the part in the making and uploads for <see cref="PredictionLoggerOptions.CloseTimeout"/>. What is not uploaded by then is
    /// kept by the journal, and lost from memory.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await ticks.DisposeAsync();
        await closing.CancelAsync();
        entries.Writer.TryWrite(new LogEntry(null, null, Flush: true));
        entries.Writer.TryComplete();
        await making;
        uploader.Complete();
        await Task.WhenAny(uploading, Task.Delay(options.CloseTimeout, time));
        await abandoned.CancelAsync();
        await uploading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        buffer.Dispose();
        abandoned.Dispose();
        closing.Dispose();
    }

    private ValueTask<LogOutcome> HandAsync(ServedPrediction prediction)
    {
        bool waits = options.Durability == LogDurability.Journal && options.Sync == JournalSync.EveryRow;
        TaskCompletionSource<LogOutcome>? done = waits ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        if (!entries.Writer.TryWrite(new LogEntry(prediction, done, Flush: false)))
        {
            state.Refused("the logger is closed");
            return new(LogOutcome.Dropped);
        }

        return done is null ? new(LogOutcome.Logged) : new(done.Task);
    }

    private async Task<LogOutcome> WaitAndHandAsync(ServedPrediction prediction, CancellationToken cancellation)
    {
        try
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closed);
            await state.EnterAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return Drop();
        }

        return await HandAsync(prediction);
    }

    private LogOutcome Drop()
    {
        state.Dropped();
        return LogOutcome.Dropped;
    }

    private Journal Recover(Journal journal)
    {
        foreach (ISealedPart part in journal.Recover(time.GetUtcNow()))
        {
            uploader.Add(part, entered: 0);
        }

        return journal;
    }

    private async Task MakeAsync()
    {
        PartMaker maker = new(options, buffer, uploader, state, time);
        while (await entries.Reader.WaitToReadAsync())
        {
            while (entries.Reader.TryRead(out LogEntry entry))
            {
                maker.Take(entry);
                if (entry.Flush)
                {
                    entry.Done?.TrySetResult(LogOutcome.Logged);
                }
            }

            maker.Settle();
        }
    }
}
