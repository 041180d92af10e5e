using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Conformance.Tests.Workflows;

/// <summary>One activity, one result.</summary>
[Workflow]
public sealed class GreetingWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string name) => Workflow.ExecuteActivityAsync(
        (SuiteActivities activities) => activities.Greet(name),
        new() { StartToCloseTimeout = TimeSpan.FromSeconds(10), Summary = "greet" });
}

/// <summary>Notes what it is told until it is told to finish.</summary>
[Workflow]
public sealed class WaiterWorkflow
{
    private readonly List<string> notes = [];
    private bool finished;

    [WorkflowQuery]
    public IReadOnlyList<string> Notes => notes;

    [WorkflowRun]
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        await Workflow.WaitConditionAsync(() => finished);
        return notes;
    }

    [WorkflowSignal]
    public Task NoteAsync(string note)
    {
        notes.Add(note);
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task FinishAsync()
    {
        finished = true;
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public string Refuse() => throw new ApplicationFailureException("no such answer", "Refused");
}

/// <summary>Fails with an application failure until the given attempt of its chain.</summary>
[Workflow]
public sealed class FailingWorkflow
{
    [WorkflowRun]
    public Task<int> RunAsync(int succeedAtAttempt) => Workflow.Info.Attempt >= succeedAtAttempt
        ? Task.FromResult(Workflow.Info.Attempt)
        : throw new ApplicationFailureException($"attempt {Workflow.Info.Attempt} fails", "Planned", nonRetryable: false, details: ["why"]);
}

/// <summary>Its first workflow task fails as a defect does; the second attempt goes well.</summary>
[Workflow]
public sealed class UnstableWorkflow
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> Seen = new();

    [WorkflowRun]
    public Task<string> RunAsync() => Seen.TryAdd(Workflow.Info.RunId, true)
        ? throw new InvalidOperationException("a defect in the workflow")
        : Task.FromResult("recovered");
}

/// <summary>Adds one to the result of the run before it, as cron and schedules hand it on.</summary>
[Workflow]
public sealed class ResultCarryingWorkflow
{
    [WorkflowRun]
    public Task<int> RunAsync()
    {
        var last = Workflow.Info.LastResult?.FirstOrDefault();
        return Task.FromResult(last is null ? 1 : Workflow.PayloadConverter.ToValue<int>(last) + 1);
    }
}
