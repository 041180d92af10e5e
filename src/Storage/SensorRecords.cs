using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Sensors;

namespace Lifecycle.Publishing.Stores;

/// <summary>The sensors' records, <c>sensors/&lt;model&gt;/&lt;id&gt;.json</c> (docs/formats/sensor.md).</summary>
/// <param name="store">Where they lie.</param>
public sealed class SensorRecords(IBlobStore store)
{
    private const long MaximumBytes = 1 << 16;

    /// <summary>All records of a model, by id.</summary>
    public async Task<IReadOnlyList<SensorRecord>> ReadAllAsync(string model, CancellationToken cancellation)
    {
        List<SensorRecord> records = [];
        await foreach (string name in store.ListAsync(Folder(model), cancellation))
        {
            if (Parse(await store.ReadAsync(name, MaximumBytes, cancellation), name) is { } record)
            {
                records.Add(record);
            }
        }

        return records;
    }

    /// <summary>
    /// Replaces a record by what <paramref name="next"/> makes of the one that is there, null when there is none; asked
    /// again when another writer came between.
    /// </summary>
    public async Task<SensorRecord> MoveAsync(
        string model, string sensor, Func<SensorRecord?, SensorRecord> next, CancellationToken cancellation)
    {
        string name = $"{Folder(model)}{(IdentifierRules.IsSlug(sensor) ? sensor : throw new ArgumentException($"The sensor id {PlainName.Describe(sensor)} is not allowed: use {IdentifierRules.SlugNoun}."))}.json";
        while (true)
        {
            StoredBlob? current = await store.ReadAsync(name, MaximumBytes, cancellation);
            SensorRecord moved = next(Parse(current, name));
            byte[] content = JsonSerializer.SerializeToUtf8Bytes(moved, DomainJson.Indented);
            if (await store.CompareAndSwapAsync(name, content, MediaTypes.Json, current?.ETag, cancellation))
            {
                return moved;
            }
        }
    }

    private static string Folder(string model) => $"sensors/{PlainName.Require(model, "model")}/";

    private static SensorRecord? Parse(StoredBlob? blob, string name) =>
        blob is null ? null : DomainJson.ReadRecord<SensorRecord>(blob.Content.Span, name);
}
