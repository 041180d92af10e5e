using Lifecycle.Data;
using Lifecycle.Data.Snapshots;
using Lifecycle.Definitions;
using Lifecycle.Domain.Models;

namespace Lifecycle.DriftSpeed;

/// <summary>A DataSnapshot with its rows as a watch would see them: all, and those that came with it.</summary>
/// <param name="Definition">The snapshot's definition.</param>
/// <param name="Path">All columns.</param>
/// <param name="Rows">Columns <c>key</c>, <c>input</c>, <c>label</c> of all rows.</param>
/// <param name="NewRows">The same of the rows that the snapshot before it did not have.</param>
internal sealed record SnapshotFile(SnapshotDefinition Definition, string Path, string Rows, string NewRows)
{
    /// <summary>Takes a snapshot of a model.</summary>
    public static async Task<SnapshotFile> TakeAsync(
        LoadedModelDefinition model, SnapshotDefinition snapshot, SnapshotTaker taker, string folder, CancellationToken cancellation)
    {
        SnapshotFile file = new(snapshot, In(""), In("-rows"), In("-new"));
        await taker.TakeAsync(model.Definition, model.Folder, snapshot.Id, file.Path, progress: null, cancellation);
        FeatureView features = model.Definition.Features;
        string columns = $"SELECT {features.Key} AS key, {features.Input} AS input, {features.Label} AS label FROM read_parquet('{file.Path}')";
        await Duck.WriteParquetAsync(columns, file.Rows, cancellation);
        await Duck.WriteParquetAsync($"{columns} WHERE is_new", file.NewRows, cancellation);
        return file;

        string In(string suffix) => System.IO.Path.Combine(folder, $"{snapshot.Id}{suffix}.parquet");
    }
}
