using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.LocalEngine.Tests.Running;

/// <summary>Counts down by continuing as new; says which search attributes and memo the last run was given.</summary>
[Workflow]
public class CountdownWorkflow
{
    public static readonly SearchAttributeKey<string> Model = SearchAttributeKey.CreateKeyword("LifecycleModel");

    [WorkflowRun]
    public Task<string> RunAsync(int left)
    {
        if (left == 0)
        {
            return Task.FromResult(string.Join(' ', Workflow.TypedSearchAttributes.UntypedValues.Values.Concat(Workflow.Memo.Keys)));
        }

        Workflow.UpsertTypedSearchAttributes(Model.ValueSet($"model-{left}"));
        Workflow.UpsertMemo(MemoUpdate.ValueSet("note", $"note-{left}"));
        throw Workflow.CreateContinueAsNewException((CountdownWorkflow flow) => flow.RunAsync(left - 1));
    }
}

/// <summary>Fails on its first attempt; succeeds on the next.</summary>
[Workflow]
public class SecondTryWorkflow
{
    [WorkflowRun]
    public Task<int> RunAsync() => Workflow.Info.Attempt > 1
        ? Task.FromResult(Workflow.Info.Attempt)
        : throw new ApplicationFailureException("try again", errorType: "Flaky");
}

/// <summary>Waits: for a timer that fires, for one that it cancels, or to be cancelled itself.</summary>
[Workflow]
public class WaitingWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(int milliseconds)
    {
        try
        {
            using var cancellation = new CancellationTokenSource();
            var hour = Workflow.DelayAsync(TimeSpan.FromHours(1), cancellation.Token);
            await Workflow.DelayWithOptionsAsync(new DelayOptions(TimeSpan.FromMilliseconds(milliseconds)) { Summary = "short" });
#pragma warning disable CA1849, VSTHRD103 // In a workflow, cancelling is synchronous: CancelAsync would leave its scheduler.
            cancellation.Cancel();
#pragma warning restore CA1849, VSTHRD103
            await Workflow.WhenAnyAsync(hour);
            return "waited";
        }
        catch (Exception cause) when (TemporalException.IsCanceledException(cause))
        {
            return "cancelled";
        }
    }
}
