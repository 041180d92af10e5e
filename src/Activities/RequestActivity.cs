using Lifecycle.Activities.Stages;
using Lifecycle.Definitions;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>Verifies who joins what is in flight. Channel and policy are those of the worker's own model definition.</summary>
public sealed class RequestActivity(StageFolders folders, RequestDesk desk) : IRequestActivity
{
    /// <inheritdoc/>
    [Activity]
    public Task<string> VerifyJoiningAsync(JoiningRequest joining) => StageScope.RunAsync(async cancellation =>
    {
        ModelDefinition definition = new ModelCatalog(folders.Models).Read(joining.Model).Definition;
        AskedFor asked = new() { Kind = joining.Kind, Model = definition.Name, Channel = definition.Channel, RequestedBy = joining.RequestedBy };
        await desk.AdmitJoiningAsync(joining.Signed, asked, definition.Approval, cancellation);
        return joining.RequestedBy;
    });
}
