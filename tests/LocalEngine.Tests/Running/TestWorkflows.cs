using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.LocalEngine.Tests.Running;

public sealed class GreetingActivities
{
    [Activity]
    public static string Greet(string name) => $"Hello, {name}!";
}

/// <summary>One activity; the result of the workflow is its result.</summary>
[Workflow]
public class GreetingWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string name) => Workflow.ExecuteActivityAsync(
        () => GreetingActivities.Greet(name),
        new() { StartToCloseTimeout = TimeSpan.FromSeconds(30) });
}

/// <summary>Collects words by signal and by update until it is told to finish.</summary>
[Workflow]
public class WordsWorkflow
{
    private readonly List<string> words = [];
    private bool finished;

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        await Workflow.WaitConditionAsync(() => finished);
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return string.Join(' ', words);
    }

    [WorkflowSignal]
    public Task AddAsync(string word)
    {
        words.Add(word);
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task FinishAsync()
    {
        finished = true;
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public int Count() => words.Count;

    [WorkflowUpdate]
    public async Task<int> AddGreetingAsync(string name)
    {
        words.Add(await Workflow.ExecuteActivityAsync(
            () => GreetingActivities.Greet(name),
            new() { StartToCloseTimeout = TimeSpan.FromSeconds(30) }));
        return words.Count;
    }

    [WorkflowUpdateValidator(nameof(AddGreetingAsync))]
    public void ValidateAddGreeting(string name)
    {
        if (name.Length == 0)
        {
            throw new ApplicationFailureException("A greeting needs a name.", errorType: "NoName");
        }
    }
}
