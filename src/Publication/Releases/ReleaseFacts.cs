using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Training;

namespace Lifecycle.Publishing.Releases;

/// <summary>
/// What a RetrainingRun found out, up to its Blessing: everything that a release's documents say. The same facts give the
/// same bytes, so times come from the workflow and nothing is read from the machine.
/// </summary>
public sealed record ReleaseFacts
{
    /// <summary>The model's definition, as the run used it.</summary>
    public required ModelDefinition Definition { get; init; }

    /// <summary>Result of stage Snapshot.</summary>
    public required DataSnapshot Snapshot { get; init; }

    /// <summary>Result of stage Validation.</summary>
    public required ValidationReport Validation { get; init; }

    /// <summary>Result of stage Features.</summary>
    public required FeatureSet Features { get; init; }

    /// <summary>Result of stage Training.</summary>
    public required Challenger Challenger { get; init; }

    /// <summary>Result of stage Export.</summary>
    public required OnnxModel Export { get; init; }

    /// <summary>Result of stage Evaluation; its document must be set.</summary>
    public required EvaluationReport Evaluation { get; init; }

    /// <summary>Result of stage Blessing.</summary>
    public required Blessing Blessing { get; init; }

    /// <summary>The enrolled release engineers.</summary>
    public required Enrolment Enrolment { get; init; }

    /// <summary>Where the ReleaseChannel is; null when it is empty.</summary>
    public ChannelEntry? Champion { get; init; }

    /// <summary>The run, <c>temporal://&lt;namespace&gt;/&lt;workflow id&gt;/&lt;first run id&gt;</c>.</summary>
    public required string InvocationId { get; init; }

    /// <summary>Who asked for the run.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>The engineer's verified request; null where nobody signed.</summary>
    public SignedRequest? Request { get; init; }

    /// <summary>The requester for people: never a name without saying whether it is proven.</summary>
    public string Requester => MoveGrounds.Describe(RequestedBy, Request is not null);

    /// <summary>URI of what built it: the worker and its version.</summary>
    public required string BuilderId { get; init; }

    /// <summary>When the run began, as the workflow saw it.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the Blessing was given, as the workflow saw it.</summary>
    public required DateTimeOffset FinishedAt { get; init; }
}
