using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Runs;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>Before stage 1: reads the model definition.</summary>
public interface IDefinitionActivity
{
    /// <summary>Reads <c>models/&lt;name&gt;/model.yaml</c> on the worker. Fails with <see cref="FailureTypes.InvalidModelDefinition"/>.</summary>
    [Activity]
    Task<RunDefinition> ReadDefinitionAsync(RetrainingRequest request);
}
