using Lifecycle.Domain.Artifacts;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Client.Runs;

/// <summary>Says why a run failed: the innermost failure, which names the file, line or field.</summary>
public static class RunFailures
{
    /// <summary>The one error to print, and its exit code.</summary>
    public static ClientException Explain(WorkflowFailedException failure)
    {
        return Telling(failure) switch
        {
            ApplicationFailureException { ErrorType: FailureTypes.InvalidModelDefinition or FailureTypes.InvalidRequest or FailureTypes.InvalidData } input =>
                new(ClientFailure.BadInput, input.Message, failure),
            ApplicationFailureException { ErrorType: FailureTypes.NothingLive } nothing => new(ClientFailure.Negative, nothing.Message, failure),
            ApplicationFailureException application => new(ClientFailure.Failed, $"{application.ErrorType}: {application.Message}", failure),
            CanceledFailureException => new(ClientFailure.Failed, "the run was cancelled", failure),
            TerminatedFailureException terminated => new(ClientFailure.Failed, $"the run was terminated: {terminated.Message}", failure),
            { } other => new(ClientFailure.Failed, other.Message, failure),
        };
    }

    /// <summary>How a workflow ended that failed, or was cancelled or terminated, and so has no outcome of its own; null for others.</summary>
    public static async Task<string?> OfAsync(WorkflowHandle workflow, CancellationToken cancellation)
    {
        RpcOptions rpc = new() { CancellationToken = cancellation };
        WorkflowExecutionDescription seen = await workflow.DescribeAsync(new() { Rpc = rpc });
        if (seen.Status is WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Completed)
        {
            return null;
        }

        try
        {
            await workflow.GetResultAsync(rpcOptions: rpc);
            return null;
        }
        catch (WorkflowFailedException failed)
        {
            return $"{seen.Status}: {Explain(failed).Message}";
        }
    }

    /// <summary>The failure that tells most: the one with a type of ours, if there is one; else the innermost.</summary>
    public static Exception Telling(Exception failure)
    {
        Exception inner = failure;
        while (inner.InnerException is { } cause && inner is not ApplicationFailureException { NonRetryable: true })
        {
            inner = cause;
        }

        return inner;
    }
}
