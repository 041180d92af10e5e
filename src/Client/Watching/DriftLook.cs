using Lifecycle.Client.Following;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Watching;

namespace Lifecycle.Client.Watching;

/// <summary>Looks at a live model's traffic now.</summary>
public static class DriftLook
{
    /// <summary>Starts a look and follows it to its end.</summary>
    public static async Task<DriftWatchResult> TakeAsync(EngineLine line, string model, Action<string> tell, CancellationToken cancellation)
    {
        var look = await line.Client.StartWorkflowAsync(
            (DriftWatchWorkflow watch) => watch.RunAsync(new() { Model = model }),
            new(WorkflowIds.Watch(model, Guid.NewGuid().ToString("N")), TaskQueues.Lifecycle)
            {
                StaticSummary = $"watch of {model}, by hand",
                Rpc = new() { CancellationToken = cancellation },
            });
        tell($"{model}: looking at the traffic ({look.Id})");
        return await new WorkflowFollower<DriftWatchWorkflow, DriftWatchResult>(line, look.Id, look.ResultRunId, tell, TimeProvider.System)
            .ResultAsync(cancellation);
    }
}
