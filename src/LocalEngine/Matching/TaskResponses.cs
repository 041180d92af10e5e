using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Matching;

/// <summary>What workers get when they take a task.</summary>
internal static class TaskResponses
{
    /// <summary>The workflow task that was just started, with the history its worker lacks, updates and queries.</summary>
    public static PollWorkflowTaskQueueResponse WorkflowTask(Run run)
    {
        var (state, task) = (run.State, run.State.Task!);
        var response = ForWorkflow(run);
        response.TaskToken = new TaskToken(TaskKind.WorkflowTask, run.Key, task.StartedEventId, task.Attempt).ToByteString();
        response.StartedEventId = task.StartedEventId;
        response.Attempt = task.Attempt;
        response.ScheduledTime = task.ScheduledAt.ToTimestamp();
        response.StartedTime = task.StartedAt.ToTimestamp();
        HistoryPages.Fill(response, run, after: task.OnSticky ? state.PreviousStartedEventId : 0);
        response.Messages.AddRange(Updates.MessagesFor(state));
        foreach (var query in run.Queries.Where(query => !query.IsOver))
        {
            response.Queries[QueryKey(query)] = query.Query;
        }

        return response;
    }

    /// <summary>A query on its own. A sticky worker has the history already.</summary>
    public static PollWorkflowTaskQueueResponse Query(Run run, PendingQuery query, bool onSticky)
    {
        var response = ForWorkflow(run);
        response.TaskToken = new TaskToken(TaskKind.Query, run.Key, query.Number, 0).ToByteString();
        response.Attempt = 1;
        response.Query = query.Query;
        response.History = new();
        if (!onSticky)
        {
            HistoryPages.Fill(response, run, after: 0);
        }

        return response;
    }

    /// <summary>The activity attempt that was just started.</summary>
    public static PollActivityTaskQueueResponse Activity(Run run, long scheduledEventId)
    {
        var activity = run.State.Activities[scheduledEventId];
        var attributes = activity.Attributes;
        return new()
        {
            TaskToken = new TaskToken(TaskKind.Activity, run.Key, scheduledEventId, activity.Attempt).ToByteString(),
            WorkflowNamespace = run.State.Namespace,
            WorkflowType = run.State.Started.WorkflowType,
            WorkflowExecution = run.Execution,
            ActivityType = attributes.ActivityType,
            ActivityId = attributes.ActivityId,
            Header = attributes.Header,
            Input = attributes.Input,
            HeartbeatDetails = activity.HeartbeatDetails,
            ScheduledTime = activity.FirstScheduledAt.ToTimestamp(),
            CurrentAttemptScheduledTime = activity.AttemptScheduledAt.ToTimestamp(),
            StartedTime = activity.StartedAt!.Value.ToTimestamp(),
            Attempt = activity.Attempt,
            ScheduleToCloseTimeout = attributes.ScheduleToCloseTimeout,
            StartToCloseTimeout = attributes.StartToCloseTimeout,
            HeartbeatTimeout = attributes.HeartbeatTimeout,
            RetryPolicy = attributes.RetryPolicy,
            Priority = attributes.Priority,
        };
    }

    public static string QueryKey(PendingQuery query) => query.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static QueryAnswer AnswerOf(WorkflowQueryResult result) => new(result.ResultType, result.Answer, result.ErrorMessage, result.Failure);

    public static QueryAnswer AnswerOf(RespondQueryTaskCompletedRequest request) =>
        new(request.CompletedType, request.QueryResult, request.ErrorMessage, request.Failure);

    private static PollWorkflowTaskQueueResponse ForWorkflow(Run run) => new()
    {
        WorkflowExecution = run.Execution,
        WorkflowType = run.State.Started.WorkflowType,
        PreviousStartedEventId = run.State.PreviousStartedEventId,
        WorkflowExecutionTaskQueue = new() { Name = run.State.TaskQueue, Kind = TaskQueueKind.Normal },
    };
}
