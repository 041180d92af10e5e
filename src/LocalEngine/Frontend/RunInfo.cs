using Lifecycle.LocalEngine.History;
using Temporalio.Api.Workflow.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>The summary of a run that descriptions carry. Lists build the same from the database's columns.</summary>
internal static class RunInfo
{
    public static WorkflowExecutionInfo Of(RunState state, string namespaceId) => new()
    {
        Execution = state.Execution,
        Type = state.Started.WorkflowType,
        TaskQueue = state.TaskQueue,
        StartTime = state.StartedAt.ToTimestamp(),
        ExecutionTime = state.ExecutionTime.ToTimestamp(),
        CloseTime = state.ClosedAt?.ToTimestamp(),
        ExecutionDuration = state.ClosedAt is { } closedAt ? (closedAt - state.ExecutionTime).ToDuration() : null,
        Status = state.Status,
        HistoryLength = state.NextEventId - 1,
        HistorySizeBytes = state.HistoryBytes,
        StateTransitionCount = state.TransitionCount,
        FirstRunId = state.Started.FirstExecutionRunId,
        ParentNamespaceId = state.Started.ParentWorkflowExecution is null ? "" : namespaceId,
        ParentExecution = state.Started.ParentWorkflowExecution,
        RootExecution = state.Started.RootWorkflowExecution ?? state.Execution,
        Memo = state.Memo,
        SearchAttributes = state.SearchAttributes.IndexedFields.Count == 0 ? null : state.SearchAttributes,
        Priority = state.Started.Priority,
    };
}
