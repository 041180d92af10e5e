using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Who works on a task queue, and the leave of a worker.</summary>
internal sealed class WorkerRpcs(Engine engine)
{
    /// <summary>Releases the polls of a worker that shuts down: they end at once, with no task.</summary>
    public async Task<ShutdownWorkerResponse> ShutdownWorkerAsync(ShutdownWorkerRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        return await engine.RunAsync(turn =>
        {
            if (request.WorkerInstanceKey.Length > 0)
            {
                turn.Dispatcher.ReleaseWorker(request.Namespace, request.WorkerInstanceKey);
            }

            if (request.StickyTaskQueue.Length > 0)
            {
                turn.Dispatcher.CloseSticky(turn, new(request.Namespace, request.StickyTaskQueue, TaskQueueType.Workflow));
            }

            return new ShutdownWorkerResponse();
        });
    }

    public async Task<DescribeTaskQueueResponse> DescribeTaskQueueAsync(DescribeTaskQueueRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        var type = request.TaskQueueType == TaskQueueType.Unspecified ? TaskQueueType.Workflow : request.TaskQueueType;
        return await engine.RunAsync(turn =>
        {
            var queue = turn.Dispatcher.Queue(new(request.Namespace, request.TaskQueue?.Name ?? "", type));
            var response = new DescribeTaskQueueResponse { Stats = new() { ApproximateBacklogCount = queue.Backlog.Count } };
            response.Pollers.AddRange(queue.RecentPolls(turn.Now).Select(poll => new PollerInfo { Identity = poll.Key, LastAccessTime = poll.Value.ToTimestamp(), RatePerSecond = 100_000 }));
            return response;
        });
    }
}
