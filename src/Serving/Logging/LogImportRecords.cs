using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Names;
using Lifecycle.Storage;

namespace Lifecycle.Serving.Logging;

/// <summary>
/// The imports of a model's log, <c>imports/&lt;model&gt;/&lt;id&gt;/…</c>. An import writes down which parts it is about to put before it puts
/// them, so that a killed one can be taken back too. Taking back puts one blob, and from then on readers withhold its parts: those
/// that no other import has put as well. Format: docs/formats/prediction-log.md.
/// </summary>
/// <param name="store">Where the log lies.</param>
public sealed class LogImportRecords(IBlobStore store)
{
    private const long MaximumBytes = 1 << 24;
    private const string Begun = "import.json";
    private const string Done = "done.json";
    private const string Removed = "removed.json";
    private const string Parts = "parts-";

    /// <summary>All imports, oldest first, the removed ones among them.</summary>
    public async Task<ImmutableArray<LogImportEntry>> ListAsync(string model, CancellationToken cancellation = default)
    {
        ImmutableArray<LogImportEntry>.Builder entries = ImmutableArray.CreateBuilder<LogImportEntry>();
        foreach ((string id, ImmutableHashSet<string> files) in await FilesAsync(model, cancellation))
        {
            if (files.Contains(Begun))
            {
                entries.Add(new LogImportEntry(
                    (await ReadAsync<LogImportRecord>(model, id, Begun, cancellation))!,
                    await ReadAsync<LogImportCounts>(model, id, Done, cancellation),
                    await ReadAsync<LogImportRemoval>(model, id, Removed, cancellation)));
            }
        }

        return entries.ToImmutable();
    }

    /// <summary>Takes an import back; one that was taken back already stays so. Windows that were decided about keep their decisions.</summary>
    /// <returns>The import as it is now; null when the model has none of that id.</returns>
    public async Task<LogImportEntry?> RemoveAsync(string model, string id, DateTimeOffset now, CancellationToken cancellation = default)
    {
        if (id.Length is 0 or > 63 || !id.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
            || await ReadAsync<LogImportRecord>(model, id, Begun, cancellation) is not { } record)
        {
            return null;
        }

        await TryPutAsync(model, id, Removed, new LogImportRemoval(now), cancellation);
        return new LogImportEntry(
            record, await ReadAsync<LogImportCounts>(model, id, Done, cancellation), await ReadAsync<LogImportRemoval>(model, id, Removed, cancellation));
    }

    /// <summary>Begins an import under an id of its own.</summary>
    internal async Task<LogImportRecord> BeginAsync(string model, LogImportRecord record, CancellationToken cancellation)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{record.Time.UtcDateTime:yyyyMMdd-HHmmss-fff}-{record.FileDigest[..8]}");
        LogImportRecord begun = record with { Id = id };
        for (int again = 2; !await TryPutAsync(model, begun.Id, Begun, begun, cancellation); again++)
        {
            begun = record with { Id = string.Create(CultureInfo.InvariantCulture, $"{id}-{again}") };
        }

        return begun;
    }

    /// <summary>Writes down what will be put next.</summary>
    internal Task AnnounceAsync(string model, string id, int number, LogImportParts parts, CancellationToken cancellation) =>
        TryPutAsync(model, id, string.Create(CultureInfo.InvariantCulture, $"{Parts}{number:d6}.json"), parts, cancellation);

    /// <summary>Ends an import.</summary>
    internal Task EndAsync(string model, string id, LogImportCounts counts, CancellationToken cancellation) => TryPutAsync(model, id, Done, counts, cancellation);

    /// <summary>Names of the parts that were taken back.</summary>
    internal async Task<ImmutableHashSet<string>> WithheldAsync(string model, CancellationToken cancellation)
    {
        ImmutableSortedDictionary<string, ImmutableHashSet<string>> imports = await FilesAsync(model, cancellation);
        if (!imports.Values.Any(files => files.Contains(Removed)))
        {
            return [];
        }

        HashSet<string> removed = new(StringComparer.Ordinal);
        HashSet<string> kept = new(StringComparer.Ordinal);
        foreach ((string id, ImmutableHashSet<string> files) in imports)
        {
            foreach (string list in files.Where(file => file.StartsWith(Parts, StringComparison.Ordinal)))
            {
                (files.Contains(Removed) ? removed : kept).UnionWith((await ReadAsync<LogImportParts>(model, id, list, cancellation))!.Blobs);
            }
        }

        return [.. removed.Except(kept, StringComparer.Ordinal)];
    }

    private static string Prefix(string model) => $"imports/{PlainName.Require(model, "model")}/";

    private async Task<ImmutableSortedDictionary<string, ImmutableHashSet<string>>> FilesAsync(string model, CancellationToken cancellation)
    {
        List<(string Id, string File)> found = [];
        await foreach (string name in store.ListAsync(Prefix(model), cancellation))
        {
            if (name[Prefix(model).Length..].Split('/') is [var id, var file])
            {
                found.Add((id, file));
            }
        }

        return found.GroupBy(one => one.Id, one => one.File, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(one => one.Key, one => one.ToImmutableHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private Task<T?> ReadAsync<T>(string model, string id, string file, CancellationToken cancellation)
        where T : class => Records<T>().ReadAsync($"{Prefix(model)}{id}/{file}", cancellation);

    private Task<bool> TryPutAsync<T>(string model, string id, string file, T document, CancellationToken cancellation)
        where T : class => Records<T>().PutIfAbsentAsync($"{Prefix(model)}{id}/{file}", document, cancellation);

    private Records<T> Records<T>()
        where T : class => new(store, MaximumBytes);
}
