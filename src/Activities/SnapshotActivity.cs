using Lifecycle.Activities.Stages;
using Lifecycle.Data.Snapshots;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>Stage 1, Snapshot.</summary>
public sealed class SnapshotActivity(StageFolders folders, SnapshotTaker taker, ArtifactStore artifacts) : ISnapshotActivity
{
    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<DataSnapshot> TakeSnapshotAsync(RunDefinition definition) => StageScope.RunAsync(async cancellation =>
    {
        string modelFolder = folders.ModelFolder(definition.Model);
        ModelFolderDigest.Require(modelFolder, definition.FolderDigest);
        ModelDefinition model = await artifacts.ReadDefinitionAsync(definition, cancellation);
        using StageWorkspace workspace = folders.OpenWorkspace("snapshot");
        return await taker.TakeAndStoreAsync(model, modelFolder, definition.Snapshot.Id, workspace, artifacts, cancellation);
    });
}
