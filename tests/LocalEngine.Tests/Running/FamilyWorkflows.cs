using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.LocalEngine.Tests.Running;

/// <summary>What a parent does with its child.</summary>
public sealed record FamilyPlan(string ChildId, bool ChildFails = false, bool EndsFirst = false, ParentClosePolicy Policy = ParentClosePolicy.Terminate);

[Workflow]
public class ChildWorkflow
{
    private string? word;

    [WorkflowRun]
    public async Task<string> RunAsync(bool fails)
    {
        if (fails)
        {
            throw new ApplicationFailureException("the child failed", errorType: "Childish");
        }

        await Workflow.WaitConditionAsync(() => word is not null);
        return word!;
    }

    [WorkflowSignal]
    public Task TellAsync(string told)
    {
        word = told;
        return Task.CompletedTask;
    }
}

/// <summary>Starts a child, tells it a word and returns what it says; or ends before it does.</summary>
[Workflow]
public class ParentWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(FamilyPlan plan)
    {
        try
        {
            var child = await Workflow.StartChildWorkflowAsync(
                (ChildWorkflow flow) => flow.RunAsync(plan.ChildFails),
                new() { Id = plan.ChildId, ParentClosePolicy = plan.Policy });
            if (plan.EndsFirst)
            {
                return "ended first";
            }

            if (!plan.ChildFails)
            {
                await child.SignalAsync(flow => flow.TellAsync("mama"));
            }

            return await child.GetResultAsync();
        }
        catch (ChildWorkflowFailureException failure)
        {
            return failure.InnerException!.Message;
        }
        catch (WorkflowAlreadyStartedException)
        {
            return "taken";
        }
    }
}

/// <summary>Waits for what its child, named child, is told by others.</summary>
[Workflow]
public class WaitingParentWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync() => Workflow.ExecuteChildWorkflowAsync((ChildWorkflow flow) => flow.RunAsync(false), new() { Id = "child" });
}

/// <summary>Signals, then cancels, a workflow that is not its child.</summary>
[Workflow]
public class StrangerWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(string workflowId)
    {
        var other = Workflow.GetExternalWorkflowHandle<WordsWorkflow>(workflowId);
        try
        {
            await other.SignalAsync(flow => flow.AddAsync("stranger"));
            await other.CancelAsync();
            return "done";
        }
        catch (ApplicationFailureException failure)
        {
            return failure.Message;
        }
    }
}
