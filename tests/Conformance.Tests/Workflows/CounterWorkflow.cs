using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Conformance.Tests.Workflows;

/// <summary>A number that updates change, each checked by a validator.</summary>
[Workflow]
public sealed class CounterWorkflow
{
    private int total;
    private bool finished;

    [WorkflowQuery]
    public int Total => total;

    [WorkflowRun]
    public async Task<int> RunAsync(int start)
    {
        total += start;
        await Workflow.WaitConditionAsync(() => finished && Workflow.AllHandlersFinished);
        return total;
    }

    [WorkflowSignal]
    public Task FinishAsync()
    {
        finished = true;
        return Task.CompletedTask;
    }

    [WorkflowUpdateValidator(nameof(AddAsync))]
    public void ValidateAdd(int amount)
    {
        if (amount < 0)
        {
            throw new ApplicationFailureException("only upwards", "Negative");
        }
    }

    [WorkflowUpdate]
    public Task<int> AddAsync(int amount)
    {
        total += amount;
        return Task.FromResult(total);
    }

    /// <summary>Accepted at once, completed after an activity.</summary>
    [WorkflowUpdate]
    public async Task<string> GreetAsync(string name)
    {
        total++;
        return await Workflow.ExecuteActivityAsync(
            (SuiteActivities activities) => activities.Greet(name), new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) });
    }

    [WorkflowUpdate]
    public Task FailAsync() => throw new ApplicationFailureException("the update fails", "UpdateFailed");
}
