using Lifecycle.Domain.Runs;
using Lifecycle.Workflows.Retraining;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Cli.Runs;

/// <summary>Follows a RetrainingRun by its query, and tells each change of a stage once.</summary>
public sealed class RunFollower(WorkflowHandle<RetrainingWorkflow, RetrainingState> run, Action<StageProgress> changed)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<RetrainingStage, StageStatus> told = [];

    /// <summary>Follows until the run is closed, or <paramref name="enough"/> says so; returns the last state seen.</summary>
    public async Task<RetrainingState> FollowAsync(Func<RetrainingState, bool> enough, CancellationToken cancellation)
    {
        Task<RetrainingState?> result = ResultAsync(cancellation);
        while (true)
        {
            if (await QueryAsync(cancellation) is { } state)
            {
                Tell(state);
                if (state.Outcome is null && enough(state))
                {
                    return state;
                }
            }

            await Task.WhenAny(result, Task.Delay(Pause, cancellation));
            cancellation.ThrowIfCancellationRequested();
            if (result.IsCompleted)
            {
                if (await result is { } closed)
                {
                    Tell(closed);
                    return closed;
                }

                result = ResultAsync(cancellation);
            }
        }
    }

    // Null when the engine went away while we waited: it may be back in a moment, and the run goes on in either case.
    private async Task<RetrainingState?> ResultAsync(CancellationToken cancellation)
    {
        try
        {
            return await run.GetResultAsync(rpcOptions: new() { CancellationToken = cancellation });
        }
        catch (RpcException away) when (away.Code is
            RpcException.StatusCode.Unavailable or RpcException.StatusCode.Unknown or RpcException.StatusCode.DeadlineExceeded)
        {
            return null;
        }
    }

    private void Tell(RetrainingState state)
    {
        foreach (StageProgress stage in state.Stages.Where(stage => stage.Status != StageStatus.Pending))
        {
            if (!told.TryGetValue(stage.Stage, out StageStatus before) || before != stage.Status)
            {
                told[stage.Stage] = stage.Status;
                changed(stage);
            }
        }
    }

    private async Task<RetrainingState?> QueryAsync(CancellationToken cancellation)
    {
        try
        {
            return await run.QueryAsync(workflow => workflow.State, new() { Rpc = new() { CancellationToken = cancellation } });
        }
        catch (Exception passing) when (passing is RpcException or WorkflowQueryFailedException or WorkflowQueryRejectedException)
        {
            // No worker answers right now, or the run's first task is not done: the result task tells if it is over.
            return null;
        }
    }
}
