using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>One run in full: its configuration, what it waits for, how its attempts went.</summary>
internal sealed class DescribeRpcs(Engine engine)
{
    public async Task<DescribeWorkflowExecutionResponse> DescribeWorkflowExecutionAsync(DescribeWorkflowExecutionRequest request, ServerCallContext call)
    {
        var namespaceId = engine.Namespaces.Require(request.Namespace).NamespaceInfo.Id;
        return await engine.RunAsync(turn => Describe(turn.Require(request.Namespace, request.Execution), namespaceId));
    }

    private static DescribeWorkflowExecutionResponse Describe(Run run, string namespaceId)
    {
        var (state, started) = (run.State, run.State.Started);
        var response = new DescribeWorkflowExecutionResponse
        {
            ExecutionConfig = new()
            {
                TaskQueue = new() { Name = state.TaskQueue, Kind = TaskQueueKind.Normal },
                WorkflowExecutionTimeout = started.WorkflowExecutionTimeout,
                WorkflowRunTimeout = started.WorkflowRunTimeout,
                DefaultWorkflowTaskTimeout = started.WorkflowTaskTimeout,
                UserMetadata = state.Metadata,
            },
            WorkflowExecutionInfo = RunInfo.Of(state, namespaceId),
            WorkflowExtendedInfo = new()
            {
                ExecutionExpirationTime = started.WorkflowExecutionExpirationTime,
                RunExpirationTime = started.WorkflowRunTimeout.LimitFrom(state.ExecutionTime)?.ToTimestamp(),
                OriginalStartTime = state.StartedAt.ToTimestamp(),
                CancelRequested = state.CancelRequested,
            },
            PendingWorkflowTask = state.Task is { } task ? Pending(task) : null,
        };
        response.PendingActivities.AddRange(state.Activities.Values.Select(Pending));
        response.PendingChildren.AddRange(state.Children.Values.Select(Pending));
        if (run.StartRequestId.Length > 0)
        {
            response.WorkflowExtendedInfo.RequestIdInfos[run.StartRequestId] = new() { EventId = 1, EventType = EventType.WorkflowExecutionStarted };
        }

        return response;
    }

    private static PendingWorkflowTaskInfo Pending(WorkflowTask task) => new()
    {
        State = task.IsStarted ? PendingWorkflowTaskState.Started : PendingWorkflowTaskState.Scheduled,
        ScheduledTime = task.ScheduledAt.ToTimestamp(),
        OriginalScheduledTime = task.ScheduledAt.ToTimestamp(),
        StartedTime = task.IsStarted ? task.StartedAt.ToTimestamp() : null,
        Attempt = task.Attempt,
    };

    private static PendingActivityInfo Pending(PendingActivity activity)
    {
        var attributes = activity.Attributes;
        var state = activity switch
        {
            { CancelRequested: true } => PendingActivityState.CancelRequested,
            { IsStarted: true } => PendingActivityState.Started,
            _ => PendingActivityState.Scheduled,
        };
        return new()
        {
            ActivityId = attributes.ActivityId,
            ActivityType = attributes.ActivityType,
            State = state,
            HeartbeatDetails = activity.HeartbeatDetails,
            LastHeartbeatTime = activity.LastHeartbeatAt?.ToTimestamp(),
            LastStartedTime = activity.StartedAt?.ToTimestamp(),
            Attempt = activity.Attempt,
            MaximumAttempts = attributes.RetryPolicy.MaximumAttempts,
            ScheduledTime = activity.IsStarted ? null : (activity.NextAttemptAt ?? activity.AttemptScheduledAt).ToTimestamp(),
            ExpirationTime = attributes.ScheduleToCloseTimeout.LimitFrom(activity.FirstScheduledAt)?.ToTimestamp(),
            LastFailure = activity.LastFailure,
            LastWorkerIdentity = activity.Identity,
            CurrentRetryInterval = activity.NextAttemptAt is { } next ? (next - activity.LastAttemptCompletedAt!.Value).ToDuration() : null,
            LastAttemptCompleteTime = activity.LastAttemptCompletedAt?.ToTimestamp(),
            NextAttemptScheduleTime = activity.NextAttemptAt?.ToTimestamp(),
            Priority = attributes.Priority,
            ActivityOptions = new()
            {
                TaskQueue = attributes.TaskQueue,
                ScheduleToCloseTimeout = attributes.ScheduleToCloseTimeout,
                ScheduleToStartTimeout = attributes.ScheduleToStartTimeout,
                StartToCloseTimeout = attributes.StartToCloseTimeout,
                HeartbeatTimeout = attributes.HeartbeatTimeout,
                RetryPolicy = attributes.RetryPolicy,
            },
        };
    }

    private static PendingChildExecutionInfo Pending(PendingChild child) => new()
    {
        WorkflowId = child.Attributes.WorkflowId,
        RunId = child.RunId,
        WorkflowTypeName = child.Attributes.WorkflowType.Name,
        InitiatedId = child.InitiatedEventId,
        ParentClosePolicy = child.Attributes.ParentClosePolicy,
    };
}
