using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>
/// How far an update has come and, where the caller wants more, the news to wait for. The news is subscribed to in the
/// transaction that looked, so nothing falls between.
/// </summary>
internal sealed record UpdateSight(long RunKey, UpdateWorkflowExecutionResponse Response, UpdateWorkflowExecutionLifecycleStage Wanted, Task<Outcome?>? News);

/// <summary>
/// Waiting for updates. A caller that wants more than there is yet is held for the whole window: an early "admitted"
/// would make clients ask in a hot loop.
/// </summary>
internal sealed class UpdateWait(Engine engine)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);

    public static UpdateWorkflowExecutionLifecycleStage Wanted(WaitPolicy? policy) =>
        policy?.LifecycleStage ?? UpdateWorkflowExecutionLifecycleStage.Unspecified;

    /// <summary>Looks at an update.</summary>
    /// <exception cref="RefusedException">The run closed before it accepted the update, or was rebuilt without it.</exception>
    public static UpdateSight Observe(Run run, string updateId, UpdateWorkflowExecutionLifecycleStage wanted)
    {
        var (stage, outcome) = Updates.Observe(run.State, updateId) ?? throw Lost(updateId);
        var response = new UpdateWorkflowExecutionResponse
        {
            UpdateRef = new() { WorkflowExecution = run.Execution, UpdateId = updateId },
            Stage = stage,
            Outcome = outcome,
        };
        return new(run.Key, response, wanted, stage < wanted ? run.UpdateWaiters.NextAsync(updateId) : null);
    }

    /// <summary>Waits until the update reaches the stage the caller wants, or the window ends.</summary>
    public async Task<UpdateWorkflowExecutionResponse> UntilAsync(UpdateSight sight, ServerCallContext call)
    {
        var until = engine.Time.GetUtcNow() + Window;
        while (sight.News is { } news)
        {
            var left = until - engine.Time.GetUtcNow();
            if (left <= TimeSpan.Zero || !await news.IsDoneWithinAsync(left, engine.Time, call.CancellationToken))
            {
                break;
            }

            if (await news is { } rejection)
            {
                sight.Response.Stage = UpdateWorkflowExecutionLifecycleStage.Completed;
                sight.Response.Outcome = rejection;
                break;
            }

            var last = sight;
            sight = await engine.RunAsync(turn => Observe(
                turn.Runs.Find(last.RunKey) ?? throw Lost(last.Response.UpdateRef.UpdateId),
                last.Response.UpdateRef.UpdateId,
                last.Wanted));
        }

        return sight.Response;
    }

    private static RefusedException Lost(string updateId) =>
        new(StatusCode.Unavailable, $"update \"{updateId}\" was lost before it was accepted: send it again");
}
