using System.Collections.Immutable;

namespace Lifecycle.Conformance.Tests.Histories;

/// <summary>A member of an event, or of any answer where no event type is named, in which the engines differ, and why that is right.</summary>
internal sealed record KnownDifference(string EventType, string Member, string Reason)
{
    public bool Covers(string eventType, string member) => member == Member && (EventType.Length == 0 || EventType == eventType);
}

/// <summary>
/// The only places in which a history of the local engine may differ from the official server's. A test fails where one
/// of them is no difference any more.
/// </summary>
internal static class KnownDifferences
{
    private const string BuildIds = "the local engine does not report the capability BuildIdBasedVersioning, so nothing derives from the build ids that workers send";
    private const string NamespaceIds = "the protocol keeps it for the server's own use; clients read the namespace's name beside it";
    private const string OneASecond = "the official server starts at most one run of an id a second; the local engine needs no such brake";

    public static ImmutableArray<KnownDifference> All { get; } =
    [
        new("", "workerVersion", BuildIds),
        new("", "prevAutoResetPoints", BuildIds),
        new("", "namespaceId", NamespaceIds),
        new("", "parentWorkflowNamespaceId", NamespaceIds),
        new("WORKFLOW_EXECUTION_STARTED", "firstWorkflowTaskBackoff", OneASecond),
        new("WORKFLOW_EXECUTION_SIGNALED", "requestId", "the local engine remembers in the event itself which requests it has seen, so that a repeated signal is recognised after a restart"),
    ];
}
