using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Conformance.Tests.Workflows;

/// <summary>One timer that fires and one that is cancelled before.</summary>
[Workflow]
public sealed class TimerWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        using var cancellation = new CancellationTokenSource();
        var abandoned = Workflow.DelayWithOptionsAsync(new(TimeSpan.FromHours(1), "abandoned", cancellation.Token));
        await Workflow.DelayAsync(TimeSpan.FromMilliseconds(50));
#pragma warning disable CA1849, VSTHRD103 // CancelAsync leaves the workflow's scheduler.
        cancellation.Cancel();
#pragma warning restore CA1849, VSTHRD103
        return TemporalException.IsCanceledException((await Record(abandoned))!) ? "fired and cancelled" : "not cancelled";
    }

    private static async Task<Exception?> Record(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (OperationCanceledException cancelled)
        {
            return cancelled;
        }
        catch (CanceledFailureException cancelled)
        {
            return cancelled;
        }
    }
}

/// <summary>What a parent does with its child.</summary>
public enum ChildPlan
{
    Complete,
    Fail,
    Cancel,
    LeaveTerminated,
    LeaveAbandoned,
    StartTwice,
}

/// <summary>Starts one child and deals with it as planned.</summary>
[Workflow]
public sealed class ParentWorkflow
{
    // A child that is ended while its first workflow task runs has another history than one that waits.
    private static readonly TimeSpan UntilTheChildWaits = TimeSpan.FromSeconds(1);

    [WorkflowRun]
    public async Task<string> RunAsync(ChildPlan plan)
    {
        var childId = $"{Workflow.Info.WorkflowId}/child";
        switch (plan)
        {
            case ChildPlan.Complete:
                return await Workflow.ExecuteChildWorkflowAsync((GreetingWorkflow child) => child.RunAsync("child"), new() { Id = childId, StaticSummary = "a child" });
            case ChildPlan.Fail:
                return await Outcome(Workflow.ExecuteChildWorkflowAsync((FailingWorkflow child) => child.RunAsync(9), new() { Id = childId }));
            case ChildPlan.Cancel:
                return await CancelChildAsync(childId);
            case ChildPlan.StartTwice:
                await Workflow.StartChildWorkflowAsync((WaiterWorkflow child) => child.RunAsync(), new() { Id = childId });
                await Workflow.DelayAsync(UntilTheChildWaits);
                return await Outcome(Workflow.StartChildWorkflowAsync((WaiterWorkflow child) => child.RunAsync(), new() { Id = childId }));
            default:
                var policy = plan == ChildPlan.LeaveAbandoned ? ParentClosePolicy.Abandon : ParentClosePolicy.Terminate;
                await Workflow.StartChildWorkflowAsync((WaiterWorkflow child) => child.RunAsync(), new() { Id = childId, ParentClosePolicy = policy });
                await Workflow.DelayAsync(UntilTheChildWaits);
                return "left";
        }
    }

    private static async Task<string> CancelChildAsync(string childId)
    {
        using var cancellation = new CancellationTokenSource();
        var child = await Workflow.StartChildWorkflowAsync(
            (WaiterWorkflow waiter) => waiter.RunAsync(), new() { Id = childId, CancellationToken = cancellation.Token });
        await Workflow.DelayAsync(UntilTheChildWaits);
#pragma warning disable CA1849, VSTHRD103 // CancelAsync leaves the workflow's scheduler.
        cancellation.Cancel();
#pragma warning restore CA1849, VSTHRD103
        return await Outcome(child.GetResultAsync());
    }

    private static async Task<string> Outcome(Task task)
    {
        try
        {
            await task;
            return "no failure";
        }
        catch (WorkflowAlreadyStartedException already)
        {
            return already.GetType().Name;
        }
        catch (ChildWorkflowFailureException failure)
        {
            return failure.InnerException!.GetType().Name;
        }
    }
}

/// <summary>Signals another workflow, then asks it to cancel; the other may not exist.</summary>
[Workflow]
public sealed class MessengerWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(string target)
    {
        try
        {
            var other = Workflow.GetExternalWorkflowHandle<WaiterWorkflow>(target);
            await other.SignalAsync(waiter => waiter.NoteAsync("from another workflow"));
            await other.CancelAsync();
            return "delivered";
        }
        catch (ApplicationFailureException failure)
        {
            return failure.Message;
        }
    }
}

/// <summary>Continues as new until nothing remains, carrying its memo and search attributes along.</summary>
[Workflow]
public sealed class ChainWorkflow
{
    [WorkflowRun]
    public Task<int> RunAsync(int remaining) => remaining == 0
        ? Task.FromResult(0)
        : throw Workflow.CreateContinueAsNewException((ChainWorkflow chain) => chain.RunAsync(remaining - 1));
}

/// <summary>Changes its search attributes and memo, then waits.</summary>
[Workflow]
public sealed class AttributeWorkflow
{
    private bool finished;

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        Workflow.UpsertTypedSearchAttributes(SuiteAttributes.Rows.ValueSet(42), SuiteAttributes.Urgent.ValueUnset());
        Workflow.UpsertMemo(MemoUpdate.ValueSet("stage", "training"), MemoUpdate.ValueUnset("draft"));
        await Workflow.WaitConditionAsync(() => finished);
        return $"{Workflow.TypedSearchAttributes.Get(SuiteAttributes.Rows)}";
    }

    [WorkflowSignal]
    public Task FinishAsync()
    {
        finished = true;
        return Task.CompletedTask;
    }
}
