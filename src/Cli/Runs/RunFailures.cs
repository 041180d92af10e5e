using Lifecycle.Domain.Runs;
using Temporalio.Exceptions;

namespace Lifecycle.Cli.Runs;

/// <summary>Says why a run failed: the innermost failure, which names the file, line or field.</summary>
public static class RunFailures
{
    /// <summary>The one error to print, and its exit code.</summary>
    public static CommandException Explain(WorkflowFailedException failure)
    {
        return Telling(failure) switch
        {
            ApplicationFailureException { ErrorType: FailureTypes.InvalidModelDefinition or FailureTypes.InvalidData } input =>
                new(ExitCodes.BadInput, input.Message, failure),
            ApplicationFailureException application => new(ExitCodes.Failed, $"{application.ErrorType}: {application.Message}", failure),
            CanceledFailureException => new(ExitCodes.Failed, "the run was cancelled", failure),
            TerminatedFailureException terminated => new(ExitCodes.Failed, $"the run was terminated: {terminated.Message}", failure),
            { } other => new(ExitCodes.Failed, other.Message, failure),
        };
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
