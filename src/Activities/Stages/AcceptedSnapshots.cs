using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Stores;

namespace Lifecycle.Activities.Stages;

/// <summary>
/// The register of accepted DataSnapshots, <c>snapshots/&lt;model&gt;/&lt;id&gt;.json</c>. A DataSnapshot that is taken and
/// accepted again replaces its entry; the rows themselves are immutable artifacts.
/// </summary>
/// <param name="store">Where the register lies.</param>
public sealed class AcceptedSnapshots(IBlobStore store)
{
    private const long MaximumBytes = 1 << 20;

    /// <summary>The newest accepted DataSnapshot with a cutoff before <paramref name="cutoff"/>; null when there is none.</summary>
    public async Task<DataSnapshot?> FindBeforeAsync(string model, DateOnly cutoff, CancellationToken cancellation)
    {
        DataSnapshot? newest = null;
        await foreach (string name in store.ListAsync($"snapshots/{model}/", cancellation))
        {
            DataSnapshot? found = Parse(await store.ReadAsync(name, MaximumBytes, cancellation));
            if (found is not null && found.Cutoff < cutoff && (newest is null || newest.Cutoff < found.Cutoff))
            {
                newest = found;
            }
        }

        return newest;
    }

    /// <summary>Records a DataSnapshot as accepted.</summary>
    public async Task RecordAsync(DataSnapshot snapshot, CancellationToken cancellation)
    {
        string name = $"snapshots/{snapshot.Model}/{snapshot.Id}.json";
        byte[] entry = JsonSerializer.SerializeToUtf8Bytes(snapshot, DomainJson.Compact);
        bool written = false;
        while (!written)
        {
            StoredBlob? current = await store.ReadAsync(name, MaximumBytes, cancellation);
            written = current is not null && current.Content.Span.SequenceEqual(entry)
                || await store.CompareAndSwapAsync(name, entry, MediaTypes.Json, current?.ETag, cancellation);
        }
    }

    private static DataSnapshot? Parse(StoredBlob? blob) =>
        blob is null ? null : JsonSerializer.Deserialize<DataSnapshot>(blob.Content.Span, DomainJson.Compact);
}
