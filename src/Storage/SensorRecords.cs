using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Sensors;

namespace Lifecycle.Storage;

/// <summary>The sensors' records, <c>sensors/&lt;model&gt;/&lt;id&gt;.json</c> (docs/formats/sensor.md).</summary>
/// <param name="store">Where they lie.</param>
public sealed class SensorRecords(IBlobStore store)
{
    private readonly Records<SensorRecord> records = new(store, 1 << 16, record => JsonSerializer.SerializeToUtf8Bytes(record, DomainJson.Indented));

    /// <summary>All records of a model, by id.</summary>
    public async Task<IReadOnlyList<SensorRecord>> ReadAllAsync(string model, CancellationToken cancellation) =>
        await records.ListAsync(Folder(model), cancellation).Select(found => found.Record).ToListAsync(cancellation);

    /// <summary>
    /// Replaces a record by what <paramref name="next"/> makes of the one that is there, null when there is none; asked
    /// again when another writer came between.
    /// </summary>
    public Task<SensorRecord> MoveAsync(
        string model, string sensor, Func<SensorRecord?, SensorRecord> next, CancellationToken cancellation) => IdentifierRules.IsSlug(sensor)
            ? records.ChangeAsync($"{Folder(model)}{sensor}.json", next, cancellation)
            : throw new ArgumentException($"The sensor id {PlainName.Describe(sensor)} is not allowed: use {IdentifierRules.SlugNoun}.");

    private static string Folder(string model) => $"sensors/{PlainName.Require(model, "model")}/";
}
