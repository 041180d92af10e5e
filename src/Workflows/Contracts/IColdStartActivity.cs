using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>What a cold start has beyond the stages of a RetrainingRun: a ReferenceModel instead of a trained one.</summary>
public interface IColdStartActivity
{
    /// <summary>
    /// Reads <c>models/&lt;name&gt;/model.yaml</c> on the worker. Fails with <see cref="FailureTypes.InvalidModelDefinition"/>, also when the
    /// definition names no reference to start from.
    /// </summary>
    [Activity]
    Task<RunDefinition> ReadReferenceAsync(ColdStartRequest request);

    /// <summary>
    /// Takes the lookup, compiles lookup and rules to the graph that ships, holds it against the reference, and measures what
    /// can be measured without labels. Fails with <see cref="FailureTypes.InvalidData"/> or <see cref="FailureTypes.ParityBroken"/>.
    /// </summary>
    [Activity]
    Task<CompiledReference> CompileReferenceAsync(RunDefinition definition);

    /// <summary>Writes everything that would ship, and the manifest that engineers decide about.</summary>
    [Activity]
    Task<ReleaseManifest> PrepareReferenceAsync(ReferenceReleaseInput input);
}

/// <summary>Input of a ReferenceModel's release.</summary>
/// <param name="Definition">The model definition, read once.</param>
/// <param name="Request">Who asked.</param>
/// <param name="Reference">The compiled reference.</param>
/// <param name="Blessing">The gate's verdict.</param>
public sealed record ReferenceReleaseInput(RunDefinition Definition, ColdStartRequest Request, CompiledReference Reference, Blessing Blessing)
{
    /// <summary>The workflow, <c>temporal://&lt;namespace&gt;/&lt;workflow id&gt;/&lt;first run id&gt;</c>.</summary>
    public required string InvocationId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the Blessing was given.</summary>
    public required DateTimeOffset FinishedAt { get; init; }
}
