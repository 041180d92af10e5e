using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Publishing.Releases;

/// <summary>What a cold start found out: everything that the documents of its release say. The same facts give the same bytes.</summary>
public sealed record ReferenceFacts
{
    /// <summary>The model's definition, as it was read.</summary>
    public required ModelDefinition Definition { get; init; }

    /// <summary>The compiled ReferenceModel; its evaluation has a document.</summary>
    public required CompiledReference Reference { get; init; }

    /// <summary>The gate's verdict, which says what was not measured.</summary>
    public required Blessing Blessing { get; init; }

    /// <summary>The enrolled release engineers.</summary>
    public required Enrolment Enrolment { get; init; }

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

    /// <summary>When the cold start began, as the workflow saw it.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the verdict was given, as the workflow saw it.</summary>
    public required DateTimeOffset FinishedAt { get; init; }
}
