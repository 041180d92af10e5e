using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Files;
using Lifecycle.Storage;

namespace Lifecycle.Serving.Logging;

/// <summary>Puts parts of the log into the store, each under its digest and only if it is absent.</summary>
internal static class LogUpload
{
    /// <summary>Ends when the store has acknowledged every part.</summary>
    public static async Task PutAsync(IBlobStore store, string prefix, IEnumerable<LogPart> parts, CancellationToken cancellation)
    {
        foreach (LogPart part in parts)
        {
            await using FileStream content = RegularFile.Open(part.Path);
            await store.PutIfAbsentAsync(LogNames.Part(prefix, part.Day, part.Sha256), content, MediaTypes.Parquet, cancellation);
        }
    }
}
