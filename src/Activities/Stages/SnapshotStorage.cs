using Lifecycle.Data.Snapshots;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Storage;

namespace Lifecycle.Activities.Stages;

/// <summary>Takes a DataSnapshot into the artifact store.</summary>
internal static class SnapshotStorage
{
    /// <summary>Takes the DataSnapshot in <paramref name="workspace"/> and uploads its rows.</summary>
    public static async Task<DataSnapshot> TakeAndStoreAsync(
        this SnapshotTaker taker,
        ModelDefinition model,
        string modelFolder,
        string snapshot,
        StageWorkspace workspace,
        ArtifactStore artifacts,
        CancellationToken cancellation)
    {
        string rows = workspace.File($"{snapshot}.parquet");
        DataSnapshot taken = await taker.TakeAsync(model, modelFolder, snapshot, rows, null, cancellation);
        return taken with { Rows = await artifacts.UploadFileAsync(rows, taken.Rows.MediaType, cancellation) };
    }
}
