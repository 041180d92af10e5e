using System.Collections.Immutable;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Files;
using Lifecycle.Storage;

namespace Lifecycle.Serving.Logging;

/// <summary>
/// The prediction log in a blob store: immutable parts, named by their digests and put only if absent, so that uploading a
/// part twice is one part; every download is verified. Safe for concurrent use by any number of processes. Format:
/// docs/formats/prediction-log.md.
/// </summary>
/// <param name="store">Where the log lies.</param>
/// <param name="cacheFolder">Local folder of verified copies; may be deleted at any time between uses.</param>
public sealed class PredictionParts(IBlobStore store, string cacheFolder)
{
    /// <summary>The imports into the log; the parts of those that were taken back are not read.</summary>
    public LogImportRecords Imports { get; } = new(store);

    /// <summary>Uploads parts of a model's predictions.</summary>
    public Task UploadPredictionsAsync(string model, IEnumerable<LogPart> parts, CancellationToken cancellationToken = default) =>
        LogUpload.PutAsync(store, LogNames.Predictions(model), parts, cancellationToken);

    /// <summary>Uploads parts of a model's labels.</summary>
    public Task UploadLabelsAsync(string model, IEnumerable<LogPart> parts, CancellationToken cancellationToken = default) =>
        LogUpload.PutAsync(store, LogNames.Labels(model), parts, cancellationToken);

    /// <summary>Downloads what a window may have rows in: predictions of its days, and all labels known before a moment.</summary>
    /// <param name="model">The model.</param>
    /// <param name="window">The window.</param>
    /// <param name="asOf">Moment of reading again; null reads the window as it closed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArtifactCorruptedException">A part's bytes are not those that its name says.</exception>
    public Task<WindowParts> DownloadAsync(
        string model, WatchWindow window, DateTimeOffset? asOf = null, CancellationToken cancellationToken = default) =>
        DownloadAsync(model, window.From, window.To, asOf ?? window.AsOf, cancellationToken);

    /// <summary>Downloads predictions with events in [<paramref name="from"/>, <paramref name="to"/>), and labels known before <paramref name="asOf"/>.</summary>
    /// <exception cref="ArtifactCorruptedException">A part's bytes are not those that its name says.</exception>
    public async Task<WindowParts> DownloadAsync(
        string model, DateTimeOffset from, DateTimeOffset to, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        DateOnly lastLabelDay = DayOf(asOf);
        DateOnly lastDay = DayOf(to > DateTimeOffset.MinValue ? to.AddTicks(-1) : to);
        ImmutableHashSet<string> withheld = await Imports.WithheldAsync(model, cancellationToken);
        ImmutableArray<string> predictions = await FetchAsync(LogNames.Predictions(model), day => DayOf(from) <= day && day <= lastDay, withheld, cancellationToken);
        return new WindowParts(predictions, await FetchAsync(LogNames.Labels(model), day => day <= lastLabelDay, withheld, cancellationToken));
    }

    /// <summary>The days on which a model has predictions; none when it has no log.</summary>
    public async Task<ImmutableSortedSet<DateOnly>> DaysAsync(string model, CancellationToken cancellationToken = default)
    {
        ImmutableSortedSet<DateOnly>.Builder days = ImmutableSortedSet.CreateBuilder<DateOnly>();
        ImmutableHashSet<string> withheld = await Imports.WithheldAsync(model, cancellationToken);
        await foreach (string name in store.ListAsync(LogNames.Predictions(model), cancellationToken))
        {
            if (LogNames.Parse(name) is { } part && !withheld.Contains(name))
            {
                days.Add(part.Day);
            }
        }

        return days.ToImmutable();
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private async Task<ImmutableArray<string>> FetchAsync(
        string prefix, Func<DateOnly, bool> wanted, ImmutableHashSet<string> withheld, CancellationToken cancellationToken)
    {
        SortedSet<string> paths = new(StringComparer.Ordinal);
        await foreach (string name in store.ListAsync(prefix, cancellationToken))
        {
            if (LogNames.Parse(name) is { } part && wanted(part.Day) && !withheld.Contains(name))
            {
                paths.Add(await FetchAsync(name, part.Sha256, cancellationToken));
            }
        }

        return [.. paths];
    }

    private async Task<string> FetchAsync(string name, string sha256, CancellationToken cancellationToken)
    {
        string path = Path.Combine(cacheFolder, $"{sha256}.parquet");
        if (File.Exists(path) && Sha256Digest.OfFile(path, cancellationToken) == sha256)
        {
            return path;
        }

        Directory.CreateDirectory(cacheFolder);
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            await CopyAsync(name, temporary, cancellationToken);
            string found = Sha256Digest.OfFile(temporary, cancellationToken);
            if (found != sha256)
            {
                throw new ArtifactCorruptedException(name, $"sha256 {found}", $"sha256 {sha256}", store.Address);
            }

            DurableFiles.Local.Publish(temporary, path);
            return path;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private async Task CopyAsync(string name, string path, CancellationToken cancellationToken)
    {
        await using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
        if (!await store.CopyToAsync(name, file, cancellationToken))
        {
            throw new ArtifactCorruptedException(name, "nothing", "the part that was listed just now", store.Address);
        }
    }
}
