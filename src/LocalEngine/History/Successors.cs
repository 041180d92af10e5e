using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>Event 1 of the run that continues a chain: what it inherits from the run before, and what is its own.</summary>
internal static class Successors
{
    public static WorkflowExecutionStartedEventAttributes ContinuedAsNew(Transition transition, ContinueAsNewWorkflowExecutionCommandAttributes command)
    {
        var state = transition.State;
        var next = Inherit(transition, ContinueAsNewInitiator.Workflow);
        next.Attempt = 1;
        next.Input = command.Input;
        next.Header = command.Header;
        next.RetryPolicy = command.RetryPolicy;
        next.Memo = command.Memo;
        next.SearchAttributes = command.SearchAttributes ?? state.SearchAttributes.Clone();
        next.LastCompletionResult = command.LastCompletionResult ?? next.LastCompletionResult;
        next.ContinuedFailure = command.Failure;
        next.FirstWorkflowTaskBackoff = command.BackoffStartInterval ?? new();
        if (command.WorkflowType?.Name is { Length: > 0 })
        {
            next.WorkflowType = command.WorkflowType;
        }

        if (command.TaskQueue?.Name is { Length: > 0 } queue)
        {
            next.TaskQueue = new() { Name = queue, Kind = TaskQueueKind.Normal };
        }

        next.WorkflowRunTimeout = command.WorkflowRunTimeout.IsPositive() ? command.WorkflowRunTimeout : next.WorkflowRunTimeout ?? new();

        if (command.WorkflowTaskTimeout.IsPositive())
        {
            next.WorkflowTaskTimeout = command.WorkflowTaskTimeout;
        }

        return next;
    }

    public static WorkflowExecutionStartedEventAttributes AfterFailure(Transition transition, Failure failure, TimeSpan backoff)
    {
        var next = Inherit(transition, ContinueAsNewInitiator.Retry);
        next.Attempt++;
        next.ContinuedFailure = failure;
        next.FirstWorkflowTaskBackoff = backoff.ToDuration();
        return next;
    }

    private static WorkflowExecutionStartedEventAttributes Inherit(Transition transition, ContinueAsNewInitiator initiator)
    {
        var next = transition.State.Started.Clone();
        next.Identity = "";
        next.ContinuedExecutionRunId = transition.State.RunId;
        next.OriginalExecutionRunId = transition.NewId();
        next.Initiator = initiator;
        return next;
    }
}
