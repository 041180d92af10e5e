using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Query.V1;

namespace Lifecycle.LocalEngine.Turns;

/// <summary>What a worker said to a query: an answer, or why there is none.</summary>
internal sealed record QueryAnswer(QueryResultType Type, Payloads? Result, string ErrorMessage, Failure? Failure);

/// <summary>
/// A query that waits for its answer; it lives in memory only. It travels with the open workflow task of its run, or,
/// where there is none, as a task of its own.
/// </summary>
internal sealed class PendingQuery(long number, long runKey, WorkflowQuery query)
{
    private readonly TaskCompletionSource<QueryAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Number { get; } = number;

    public long RunKey { get; } = runKey;

    public WorkflowQuery Query { get; } = query;

    /// <summary>The caller waits no more, or was answered.</summary>
    public bool IsOver => answer.Task.IsCompleted;

    public Task<QueryAnswer> Answer => answer.Task;

    public void Complete(QueryAnswer result) => answer.TrySetResult(result);

    public void Abandon() => answer.TrySetCanceled();
}
