using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>The birth of a run: event 1 in its canonical form.</summary>
internal static class Starting
{
    private static readonly Duration DefaultWorkflowTaskTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10));

    /// <summary>
    /// Creates the run. Its first workflow task is not scheduled yet, since a signal that comes with the start precedes it
    /// in the history; <see cref="WorkflowTasks.Schedule"/> does it unless the run waits for its backoff.
    /// </summary>
    public static Transition Begin(
        string @namespace,
        WorkflowExecutionStartedEventAttributes started,
        UserMetadata? metadata,
        DateTimeOffset now,
        IdentifierSource identifiers)
    {
        Complete(started, now, identifiers);
        var first = new HistoryEvent { WorkflowExecutionStartedEventAttributes = started, UserMetadata = metadata };
        return Transition.Begin(@namespace, first, now, identifiers);
    }

    private static void Complete(WorkflowExecutionStartedEventAttributes started, DateTimeOffset now, IdentifierSource identifiers)
    {
        if (started.OriginalExecutionRunId.Length == 0)
        {
            started.OriginalExecutionRunId = identifiers();
        }

        if (started.FirstExecutionRunId.Length == 0)
        {
            started.FirstExecutionRunId = started.OriginalExecutionRunId;
        }

        started.Attempt = Math.Max(1, started.Attempt);
        started.FirstWorkflowTaskBackoff ??= new();
        if (started.TaskQueue.Kind == TaskQueueKind.Unspecified)
        {
            started.TaskQueue.Kind = TaskQueueKind.Normal;
        }

        if (!started.WorkflowTaskTimeout.IsPositive())
        {
            started.WorkflowTaskTimeout = DefaultWorkflowTaskTimeout;
        }

        if (started.WorkflowRunTimeout.IsPositive() && started.WorkflowTaskTimeout.ToTimeSpan() > started.WorkflowRunTimeout.ToTimeSpan())
        {
            started.WorkflowTaskTimeout = started.WorkflowRunTimeout;
        }

        var start = ProtocolTime.Saturating(now, started.FirstWorkflowTaskBackoff.OrZero());
        started.WorkflowExecutionExpirationTime ??= started.WorkflowExecutionTimeout.LimitFrom(start)?.ToTimestamp();
    }
}
