using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
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

    /// <summary>Name of a DataSnapshot's entry.</summary>
    /// <exception cref="InvalidRequestException">Model or id are no names.</exception>
    public static string NameOf(string model, string id) => IdentifierRules.IsSnapshotId(id)
        ? $"{Folder(model)}{id}.json"
        : throw new InvalidRequestException($"the snapshot {PlainName.Describe(id)} is no identifier; expected {IdentifierRules.SnapshotIdNoun}");

    /// <summary>The newest accepted DataSnapshot with a cutoff before <paramref name="cutoff"/>; null when there is none.</summary>
    public async Task<DataSnapshot?> FindBeforeAsync(string model, DateOnly cutoff, CancellationToken cancellation)
    {
        DataSnapshot? newest = null;
        await foreach (string name in store.ListAsync(Folder(model), cancellation))
        {
            DataSnapshot? found = Parse(await store.ReadAsync(name, MaximumBytes, cancellation), name);
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
        string name = NameOf(snapshot.Model, snapshot.Id);
        byte[] entry = JsonSerializer.SerializeToUtf8Bytes(snapshot, DomainJson.Compact);
        bool written = false;
        while (!written)
        {
            StoredBlob? current = await store.ReadAsync(name, MaximumBytes, cancellation);
            written = current is not null && current.Content.Span.SequenceEqual(entry)
                || await store.CompareAndSwapAsync(name, entry, MediaTypes.Json, current?.ETag, cancellation);
        }
    }

    private static string Folder(string model) => PlainName.IsValid(model)
        ? $"snapshots/{model}/"
        : throw new InvalidRequestException($"{PlainName.Describe(model)} is no name of a model; expected {PlainName.Noun}");

    private static DataSnapshot? Parse(StoredBlob? blob, string name) =>
        blob is null ? null : DomainJson.ReadRecord<DataSnapshot>(blob.Content.Span, name);
}
