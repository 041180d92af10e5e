using Temporalio.Exceptions;

namespace Lifecycle.Cli.Runs;

/// <summary>Says why a run failed: the innermost failure, which names the file, line or field.</summary>
public static class RunFailures
{
    /// <summary>The one error to print, and its exit code.</summary>
    public static CommandException Explain(WorkflowFailedException failure)
    {
        Exception inner = failure;
        while (inner.InnerException is { } cause)
        {
            inner = cause;
        }

        return inner switch
        {
            ApplicationFailureException application => new(ExitCodes.Failed, $"{application.ErrorType}: {application.Message}", failure),
            CanceledFailureException => new(ExitCodes.Failed, "the run was cancelled", failure),
            TerminatedFailureException terminated => new(ExitCodes.Failed, $"the run was terminated: {terminated.Message}", failure),
            _ => new(ExitCodes.Failed, inner.Message, failure),
        };
    }
}
