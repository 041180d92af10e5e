using System.Collections.Immutable;
using System.Threading.Channels;
using Lifecycle.Data.Predictions;
using Lifecycle.Storage;

namespace Lifecycle.Serving.Logging;

/// <summary>Uploads closed parts, one after the other, and tries for as long as it takes.</summary>
internal sealed class PartUploader(PredictionLoggerOptions options, IBlobStore store, LoggerState state, TimeProvider time, Action<LogStep> pass)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Channel<Waiting> parts = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });

    /// <summary>Takes a part whose rows hold <paramref name="entered"/> rows of the buffer's room; none for a recovered one.</summary>
    public void Add(ISealedPart part, int entered) => parts.Writer.TryWrite(new Waiting(part, entered, null));

    /// <summary>Ends when every part that was added before has been uploaded.</summary>
    public Task WhenUploadedAsync()
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return parts.Writer.TryWrite(new Waiting(null, 0, done)) ? done.Task : Task.CompletedTask;
    }

    /// <summary>No part is added any more.</summary>
    public void Complete() => parts.Writer.TryComplete();

    /// <summary>Uploads until there are no more parts, or it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (Waiting waiting in parts.Reader.ReadAllAsync(cancellation))
        {
            if (waiting.Part is { } part)
            {
                await PersistAsync(part, waiting.Entered, cancellation);
            }

            waiting.Done?.TrySetResult();
        }
    }

    private async Task PersistAsync(ISealedPart part, int entered, CancellationToken cancellation)
    {
        for (TimeSpan pause = FirstPause; !await TryUploadAsync(part, entered, cancellation); pause = Longer(pause))
        {
            await Task.Delay(pause, time, cancellation);
        }
    }

    private async Task<bool> TryUploadAsync(ISealedPart part, int entered, CancellationToken cancellation)
    {
        try
        {
            SealedRows rows = part.Read();
            await UploadAsync(rows, cancellation);
            part.Forget();
            state.Uploaded(rows, entered);
            return true;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            state.UploadFailed(failure.Message);
            return false;
        }
    }

    private async Task UploadAsync(SealedRows rows, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lifecycle-log-");
        try
        {
            ImmutableArray<LogPart> files = LogParts.WritePredictions(rows.Rows, folder.FullName, options.Limits, cancellation);
            pass(LogStep.PartWritten);
            await LogUpload.PutAsync(store, LogNames.Predictions(options.Model), files, cancellation);
            pass(LogStep.Uploaded);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private readonly record struct Waiting(ISealedPart? Part, int Entered, TaskCompletionSource? Done);
}
