using Lifecycle.Activities.Stages;
using Lifecycle.Definitions;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>Before stage 1: reads the model definition, once for the whole run.</summary>
public sealed class DefinitionActivity(StageFolders folders, ArtifactStore artifacts, RequestDesk desk) : IDefinitionActivity
{
    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<RunDefinition> ReadDefinitionAsync(RetrainingRequest request) => StageScope.RunAsync(async cancellation =>
    {
        LoadedModelDefinition loaded = new ModelCatalog(folders.Models).ReadChecked(request.Model, cancellation);
        ModelDefinition definition = loaded.Definition;
        if (request.CompareSplits && definition.Split.TimeColumn(definition.Features) is null)
        {
            throw new InvalidRequestException($"the rows of {request.Model} are split by folds, so there is no split by time to compare a random one with; name 'split.byTime', or leave --compare-splits out");
        }

        AskedFor asked = request.Asks(definition.Channel);
        SignedRequest? signed = await desk.AdmitAsync(request.Trigger.Signed, asked, definition.Approval, cancellation);
        if (!request.IsForWatching)
        {
            desk.RequireApprovers(asked, signed, definition.Approval, isRelease: true);
        }

        return await artifacts.RecordAsync(loaded, RequestedSnapshot.OrColdStart(definition, request.Snapshot), cancellation);
    });
}
