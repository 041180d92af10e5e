using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Lifecycle.Client.Following;

/// <summary>Asks the engine what a workflow waits for. Works on every engine, and without a worker.</summary>
/// <param name="line">The engine.</param>
/// <param name="time">The clock.</param>
public sealed class WaitingLook(EngineLine line, TimeProvider time)
{
    private const int ReasonLength = 300;
    private const int ProgressLength = 100;

    /// <summary>The reason; null when the workflow is closed or just about to go on.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="outside">What it waits for when neither a worker nor the engine has anything to do.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<WaitingReason?> ReasonAsync(WorkflowHandle workflow, string outside, CancellationToken cancellation)
    {
        try
        {
            DescribeWorkflowExecutionRequest question = new()
            {
                Namespace = line.Client.Options.Namespace,
                Execution = new() { WorkflowId = workflow.Id, RunId = workflow.RunId ?? "" },
            };
            DescribeWorkflowExecutionResponse seen = await line.Client.WorkflowService
                .DescribeWorkflowExecutionAsync(question, EngineSilence.Call(cancellation));
            return seen switch
            {
                { WorkflowExecutionInfo.Status: not WorkflowExecutionStatus.Running } => null,
                { PendingWorkflowTask: { } task } => await OfTaskAsync(task, seen.ExecutionConfig.TaskQueue.Name, cancellation),
                { PendingActivities: [_, ..] activities } => await OfActivityAsync(Telling(activities), cancellation),
                _ => new WaitingReason.Outside(outside),
            };
        }
        catch (RpcException silent) when (EngineSilence.Is(silent))
        {
            return new WaitingReason.EngineGone(line.Target);
        }
    }

    // The one with something to tell: what failed before what waits, what waits before what is in work.
    private static PendingActivityInfo Telling(IEnumerable<PendingActivityInfo> activities) => activities
        .OrderByDescending(activity => activity.LastFailure is not null)
        .ThenByDescending(activity => activity.State == PendingActivityState.Scheduled)
        .First();

    private async Task<WaitingReason?> OfTaskAsync(PendingWorkflowTaskInfo task, string queue, CancellationToken cancellation) =>
        task.State == PendingWorkflowTaskState.Scheduled && !await IsAttendedAsync(queue, TaskQueueType.Workflow, cancellation)
            ? new WaitingReason.NoWorker(queue, "the next step of the workflow")
            : task.Attempt > 1 ? new WaitingReason.TaskFails(task.Attempt) : null;

    private async Task<WaitingReason?> OfActivityAsync(PendingActivityInfo activity, CancellationToken cancellation)
    {
        string work = activity.ActivityType.Name;
        if (activity.LastFailure is { } failure)
        {
            return new WaitingReason.Retries(work, activity.Attempt, SafeText.Cut(failure.Message, ReasonLength));
        }

        if (activity.State != PendingActivityState.Scheduled)
        {
            DateTimeOffset now = time.GetUtcNow();
            return new WaitingReason.InWork(work, activity.LastWorkerIdentity, now - (activity.LastStartedTime?.ToDateTimeOffset() ?? now), await ProgressOfAsync(activity));
        }

        string queue = activity.ActivityOptions?.TaskQueue?.Name ?? "";
        return await IsAttendedAsync(queue, TaskQueueType.Activity, cancellation)
            ? new WaitingReason.NoSlot(queue, work)
            : new WaitingReason.NoWorker(queue, work);
    }

    // Activities of others may heartbeat whatever they like.
    private async Task<string?> ProgressOfAsync(PendingActivityInfo activity)
    {
        try
        {
            return activity.HeartbeatDetails is { Payloads_: [var told] }
                ? SafeText.Cut(await line.Client.Options.DataConverter.ToValueAsync<string>(told), ProgressLength)
                : null;
        }
        catch (Exception unreadable) when (unreadable is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    // A worker whose slots are all taken asks for no more work: the engine still remembers that it did for some minutes.
    private async Task<bool> IsAttendedAsync(string queue, TaskQueueType type, CancellationToken cancellation)
    {
        DescribeTaskQueueRequest question = new()
        {
            Namespace = line.Client.Options.Namespace,
            TaskQueue = new TaskQueue { Name = queue },
            TaskQueueType = type,
        };
        return (await line.Client.WorkflowService.DescribeTaskQueueAsync(question, EngineSilence.Call(cancellation))).Pollers.Count > 0;
    }
}
