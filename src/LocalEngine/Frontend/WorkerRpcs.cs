using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Turns;
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
                engine.Dispatcher.ReleaseWorker(request.Namespace, request.WorkerInstanceKey);
            }

            if (request.StickyTaskQueue.Length > 0)
            {
                engine.Dispatcher.CloseSticky(turn, new(request.Namespace, request.StickyTaskQueue, TaskQueueType.Workflow));
            }

            return new ShutdownWorkerResponse();
        });
    }

    /// <summary>Pollers and backlog of one type of a task queue, or, in the enhanced mode, of the types that are asked for.</summary>
    public async Task<DescribeTaskQueueResponse> DescribeTaskQueueAsync(DescribeTaskQueueRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        return await engine.RunAsync(turn => request.ApiMode == DescribeTaskQueueMode.Enhanced ? Enhanced(turn, request) : Plain(turn, request));
    }

    private DescribeTaskQueueResponse Plain(Turn turn, DescribeTaskQueueRequest request)
    {
        var type = request.TaskQueueType == TaskQueueType.Unspecified ? TaskQueueType.Workflow : request.TaskQueueType;
        var info = TypeInfo(turn, request, type);
        return new() { Pollers = { info.Pollers }, Stats = info.Stats };
    }

    private DescribeTaskQueueResponse Enhanced(Turn turn, DescribeTaskQueueRequest request)
    {
        var types = request.TaskQueueTypes.Count > 0 ? request.TaskQueueTypes.ToArray() : [TaskQueueType.Workflow, TaskQueueType.Activity];
        var unversioned = new TaskQueueVersionInfo();
        foreach (var type in types)
        {
            unversioned.TypesInfo[(int)type] = TypeInfo(turn, request, type);
        }

        return new() { VersionsInfo = { [""] = unversioned } };
    }

    private TaskQueueTypeInfo TypeInfo(Turn turn, DescribeTaskQueueRequest request, TaskQueueType type)
    {
        var queue = engine.Dispatcher.Queue(new(request.Namespace, request.TaskQueue?.Name ?? "", type));
        var info = new TaskQueueTypeInfo { Stats = new() { ApproximateBacklogCount = queue.Backlog.Count } };
        info.Pollers.AddRange(queue.RecentPolls(turn.Now).Select(poll => new PollerInfo
        {
            Identity = poll.Key,
            LastAccessTime = poll.Value.ToTimestamp(),
            RatePerSecond = 100_000,
        }));
        return info;
    }
}
