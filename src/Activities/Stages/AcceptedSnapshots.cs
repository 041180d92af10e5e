using Lifecycle.Domain.Data;
using Lifecycle.Domain.Names;
using Lifecycle.Storage;

namespace Lifecycle.Activities.Stages;

/// <summary>
/// The register of accepted DataSnapshots, <c>snapshots/&lt;model&gt;/&lt;id&gt;.json</c>. A DataSnapshot that is taken and
/// accepted again replaces its entry; the rows themselves are immutable artifacts.
/// </summary>
/// <param name="store">Where the register lies.</param>
public sealed class AcceptedSnapshots(IBlobStore store)
{
    private readonly Records<DataSnapshot> records = new(store, 1 << 20);

    /// <summary>Name of a DataSnapshot's entry.</summary>
    /// <exception cref="InvalidRequestException">Model or id are no names.</exception>
    public static string NameOf(string model, string id) => IdentifierRules.IsSnapshotId(id)
        ? $"{Folder(model)}{id}.json"
        : throw new InvalidRequestException($"the snapshot {PlainName.Describe(id)} is no identifier; expected {IdentifierRules.SnapshotIdNoun}");

    /// <summary>The newest accepted DataSnapshot with a cutoff before <paramref name="cutoff"/>; null when there is none.</summary>
    public async Task<DataSnapshot?> FindBeforeAsync(string model, DateOnly cutoff, CancellationToken cancellation)
    {
        DataSnapshot? newest = null;
        await foreach ((_, DataSnapshot found) in records.ListAsync(Folder(model), cancellation))
        {
            if (found.Cutoff < cutoff && (newest is null || newest.Cutoff < found.Cutoff))
            {
                newest = found;
            }
        }

        return newest;
    }

    /// <summary>An accepted DataSnapshot; null when there is none of that id.</summary>
    public Task<DataSnapshot?> FindAsync(string model, string id, CancellationToken cancellation) => records.ReadAsync(NameOf(model, id), cancellation);

    /// <summary>Records a DataSnapshot as accepted.</summary>
    public Task RecordAsync(DataSnapshot snapshot, CancellationToken cancellation) =>
        records.ChangeAsync(NameOf(snapshot.Model, snapshot.Id), _ => snapshot, cancellation);

    private static string Folder(string model) => PlainName.IsValid(model)
        ? $"snapshots/{model}/"
        : throw new InvalidRequestException($"{PlainName.Describe(model)} is no name of a model; expected {PlainName.Noun}");
}
