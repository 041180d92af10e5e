using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Validation;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>Stage 2, Validation.</summary>
public sealed class ValidationActivity(
    StageFolders folders, SnapshotTaker taker, ArtifactStore artifacts, AcceptedSnapshots accepted, DataLimits limits) : IValidationActivity
{
    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<DataSnapshot?> FindPreviousSnapshotAsync(ValidationInput input) => StageScope.RunAsync(async cancellation =>
        await accepted.FindBeforeAsync(input.Definition.Model, input.Snapshot.Cutoff, cancellation)
        ?? await TakeEarlierAsync(input, cancellation));

    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<ValidationReport> ValidateSnapshotAsync(ValidationInput input) => StageScope.RunAsync(async cancellation =>
    {
        ModelDefinition model = await artifacts.ReadDefinitionAsync(input.Definition, cancellation);
        ValidationReport report = await ValidateAsync(model, input.Snapshot, input.Previous, cancellation);
        if (report.Accepted && !input.IsRehearsal)
        {
            await accepted.RecordAsync(input.Snapshot, cancellation);
        }

        return report;
    });

    private async Task<DataSnapshot?> TakeEarlierAsync(ValidationInput input, CancellationToken cancellation)
    {
        string modelFolder = folders.ModelFolder(input.Definition.Model);
        ModelFolderDigest.Require(modelFolder, input.Definition.FolderDigest);
        ModelDefinition model = await artifacts.ReadDefinitionAsync(input.Definition, cancellation);
        using StageWorkspace workspace = folders.OpenWorkspace("validation");
        foreach (SnapshotDefinition earlier in model.Snapshots.Where(one => one.Cutoff < input.Snapshot.Cutoff).OrderByDescending(one => one.Cutoff))
        {
            DataSnapshot snapshot = await taker.TakeAndStoreAsync(model, modelFolder, earlier.Id, workspace, artifacts, cancellation);
            ValidationReport report = await ValidateAsync(model, snapshot, null, cancellation);
            if (report.Accepted)
            {
                await accepted.RecordAsync(snapshot, cancellation);
                return snapshot;
            }
        }

        return null;
    }

    private async Task<ValidationReport> ValidateAsync(
        ModelDefinition model, DataSnapshot snapshot, DataSnapshot? previous, CancellationToken cancellation)
    {
        string rows = await artifacts.DownloadAsync(snapshot.Rows, cancellation);
        PreviousSnapshot? compared = previous is null
            ? null
            : new PreviousSnapshot(previous.Id, await artifacts.DownloadAsync(previous.Rows, cancellation));
        return SnapshotValidator.Validate(rows, model.Contract, model.Features, compared, limits, cancellation);
    }
}
