using Lifecycle.Client.Following;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Launching;

namespace Lifecycle.Client.Runs;

/// <summary>Asks for a RetrainingRun.</summary>
public static class RetrainingLaunch
{
    /// <summary>Launches a run through the one door that every trigger uses.</summary>
    public static async Task<LaunchResult> StartAsync(
        EngineLine line, RetrainingRequest request, Action<string> tell, CancellationToken cancellation)
    {
        var launch = await line.Client.StartWorkflowAsync(
            (LaunchRetrainingWorkflow launcher) => launcher.RunAsync(request),
            new($"launch/{request.Model}/{Guid.NewGuid():N}", TaskQueues.Lifecycle)
            {
                StaticSummary = $"{request.Trigger.Kind} trigger for {request.Model}",
                Rpc = new() { CancellationToken = cancellation },
            });
        return await new WorkflowFollower<LaunchRetrainingWorkflow, LaunchResult>(line, launch.Id, launch.ResultRunId, tell, TimeProvider.System)
            .ResultAsync(cancellation);
    }
}
