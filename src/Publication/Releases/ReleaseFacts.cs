using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Training;

namespace Lifecycle.Publishing.Releases;

/// <summary>
/// What a run or a cold start found out: everything that a release's documents say. The same facts give the same bytes, so times come
/// from the workflow and nothing is read from the machine.
/// </summary>
public sealed record ReleaseFacts
{
    /// <summary>The model's definition, as it was used.</summary>
    public required ModelDefinition Definition { get; init; }

    /// <summary>Where the model comes from: <see cref="TrainedFacts"/> or <see cref="ReferenceFacts"/>.</summary>
    public required OriginFacts Origin { get; init; }

    /// <summary>The graph that ships, and its parity.</summary>
    public required OnnxModel Export { get; init; }

    /// <summary>What was measured; its document must be set.</summary>
    public required EvaluationReport Evaluation { get; init; }

    /// <summary>The gate's verdict.</summary>
    public required Blessing Blessing { get; init; }

    /// <summary>The enrolled release engineers.</summary>
    public required Enrolment Enrolment { get; init; }

    /// <summary>Where the ReleaseChannel is; null when it is empty.</summary>
    public ChannelEntry? Champion { get; init; }

    /// <summary>The workflow, <c>temporal://&lt;namespace&gt;/&lt;workflow id&gt;/&lt;first run id&gt;</c>.</summary>
    public required string InvocationId { get; init; }

    /// <summary>Who asked.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>The engineer's verified request; null where nobody signed.</summary>
    public SignedRequest? Request { get; init; }

    /// <summary>The requester for people: never a name without saying whether it is proven.</summary>
    public string Requester => MoveGrounds.Describe(RequestedBy, Request is not null);

    /// <summary>URI of what built it: the worker and its version.</summary>
    public required string BuilderId { get; init; }

    /// <summary>When the work began, as the workflow saw it.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the verdict was given, as the workflow saw it.</summary>
    public required DateTimeOffset FinishedAt { get; init; }
}

/// <summary>Where the model of a release comes from.</summary>
public abstract record OriginFacts;

/// <summary>A Challenger, as the stages of its run made it.</summary>
/// <param name="Snapshot">Result of stage Snapshot.</param>
/// <param name="Validation">Result of stage Validation.</param>
/// <param name="Features">Result of stage Features.</param>
/// <param name="Challenger">Result of stage Training.</param>
public sealed record TrainedFacts(DataSnapshot Snapshot, ValidationReport Validation, FeatureSet Features, Challenger Challenger) : OriginFacts;

/// <summary>A ReferenceModel, that nobody trained.</summary>
/// <param name="Reference">What it answers, compiled.</param>
public sealed record ReferenceFacts(CompiledReference Reference) : OriginFacts;
