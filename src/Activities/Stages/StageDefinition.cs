using Lifecycle.Definitions;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Models;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;

namespace Lifecycle.Activities.Stages;

/// <summary>Gives a stage the model definition as the run recorded it.</summary>
internal static class StageDefinition
{
    /// <summary>Records a definition as it is now, for every stage of a run.</summary>
    public static async Task<RunDefinition> RecordAsync(
        this ArtifactStore artifacts, LoadedModelDefinition loaded, SnapshotDefinition snapshot, CancellationToken cancellation) => new()
    {
        Model = loaded.Definition.Name,
        Snapshot = snapshot,
        Document = await artifacts.UploadRecordAsync(loaded.Definition, cancellation),
        FolderDigest = ModelFolderDigest.Of(loaded.Folder),
        Gate = loaded.Definition.Gate,
        Approval = loaded.Definition.Approval,
        Channel = loaded.Definition.Channel,
    };

    /// <summary>Reads the recorded definition, digest-verified.</summary>
    public static Task<ModelDefinition> ReadDefinitionAsync(this ArtifactStore artifacts, RunDefinition definition, CancellationToken cancellation) =>
        artifacts.ReadRecordAsync<ModelDefinition>(definition.Document, cancellation);
}
