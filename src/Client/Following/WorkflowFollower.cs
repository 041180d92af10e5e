using System.Linq.Expressions;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Client.Following;

/// <summary>
/// Follows one workflow to its end, whatever happens to engine and workers meanwhile: an engine that went away is waited for, one
/// that came back elsewhere is found, and after ten seconds without news it says what is being waited for.
/// </summary>
/// <typeparam name="TWorkflow">The workflow.</typeparam>
/// <typeparam name="TResult">Its result.</typeparam>
public sealed class WorkflowFollower<TWorkflow, TResult>
    where TResult : class
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly EngineLine line;
    private readonly string workflowId;
    private readonly string? runId;
    private readonly ToldProgress told;
    private readonly WaitingLook look;

    /// <summary>Makes a follower.</summary>
    /// <param name="line">The engine.</param>
    /// <param name="workflowId">The workflow.</param>
    /// <param name="runId">Its run, with those it continues as; null follows the latest.</param>
    /// <param name="tell">Writes a line of progress.</param>
    /// <param name="time">The clock.</param>
    public WorkflowFollower(EngineLine line, string workflowId, string? runId, Action<string> tell, TimeProvider time)
    {
        (this.line, this.workflowId, this.runId) = (line, workflowId, runId);
        told = new ToldProgress(tell, workflowId, time);
        look = new WaitingLook(line, time);
    }

    /// <summary>What it waits for when it waits for no worker, such as whose approvals; told after ten seconds without news.</summary>
    public Func<TResult?, string> Outside { get; init; } = _ => "a signal, a timer or another workflow";

    /// <summary>Writes a line of progress.</summary>
    public void Tell(string progress) => told.Tell(progress);

    /// <summary>The workflow's result.</summary>
    public Task<TResult> ResultAsync(CancellationToken cancellation) => FollowAsync(null, _ => { }, _ => false, cancellation);

    /// <summary>Follows until the workflow is closed, or <paramref name="enough"/> says so; returns the last state seen.</summary>
    /// <param name="state">The query that answers what the workflow will return; null asks for none.</param>
    /// <param name="seen">Told each answer, the result among them.</param>
    /// <param name="enough">Whether an answer ends the following.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<TResult> FollowAsync(
        Expression<Func<TWorkflow, TResult>>? state, Action<TResult> seen, Func<TResult, bool> enough, CancellationToken cancellation)
    {
        TResult? last = null;
        while (true)
        {
            using CancellationTokenSource leave = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            WorkflowHandle<TWorkflow, TResult> workflow = line.Client.GetWorkflowHandle<TWorkflow, TResult>(workflowId, runId);
            Task<TResult?> result = ResultAsync(workflow, leave.Token);
            do
            {
                if (state is not null && await AskAsync(workflow, state, leave.Token) is { } answer && !result.IsCompleted)
                {
                    seen(last = answer);
                    if (enough(answer))
                    {
                        await LeaveAsync(result, leave);
                        return answer;
                    }
                }

                await Task.WhenAny(result, Task.Delay(Pause, cancellation));
                cancellation.ThrowIfCancellationRequested();
                if (result.IsCompleted && await result is { } closed)
                {
                    seen(closed);
                    return closed;
                }

                await ExplainAsync(workflow, last, cancellation);
            }
            while (!result.IsCompleted && !await line.RenewAsync(cancellation));

            await LeaveAsync(result, leave);
        }
    }

    private async Task ExplainAsync(WorkflowHandle workflow, TResult? last, CancellationToken cancellation)
    {
        if (told.IsSilent && await look.ReasonAsync(workflow, Outside(last), cancellation) is { } reason)
        {
            told.Explain(reason);
        }
    }

    // The call is given up, so that it does not go on asking an address where nobody is.
    private static async Task LeaveAsync(Task<TResult?> result, CancellationTokenSource leave)
    {
        await leave.CancelAsync();
        try
        {
            await result;
        }
        catch (Exception over) when (over is OperationCanceledException or WorkflowFailedException or RpcException)
        {
            // Whoever follows on asks anew, and is told then.
        }
    }

    // Null when the engine went away while we waited: it may be back in a moment, and the run goes on in either case.
    private static async Task<TResult?> ResultAsync(WorkflowHandle<TWorkflow, TResult> workflow, CancellationToken cancellation)
    {
        try
        {
            return await workflow.GetResultAsync(rpcOptions: new() { CancellationToken = cancellation });
        }
        catch (RpcException away) when (EngineSilence.Is(away))
        {
            return null;
        }
    }

    // Null when no worker answers right now, or the first task is not done: the result tells if it is over.
    private static async Task<TResult?> AskAsync(
        WorkflowHandle<TWorkflow, TResult> workflow, Expression<Func<TWorkflow, TResult>> state, CancellationToken cancellation)
    {
        try
        {
            return await workflow.QueryAsync(state, new() { Rpc = EngineSilence.Call(cancellation) });
        }
        catch (Exception passing) when (passing is RpcException or WorkflowQueryFailedException or WorkflowQueryRejectedException)
        {
            return null;
        }
    }
}
