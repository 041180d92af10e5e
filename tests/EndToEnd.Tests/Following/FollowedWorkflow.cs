using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.EndToEnd.Tests.Following;

/// <summary>What a followed workflow of a test does after its beginning.</summary>
public enum FollowedStep
{
    /// <summary>Waits for a signal.</summary>
    Signal,

    /// <summary>Calls an activity that waits until it is let go.</summary>
    Work,

    /// <summary>Calls an activity that fails.</summary>
    Failure,

    /// <summary>Calls an activity on a queue that nobody polls.</summary>
    Elsewhere,
}

/// <summary>Its state, and its result.</summary>
public sealed record FollowedState(string Note);

/// <summary>A workflow that waits for one thing, so that a follower can say which.</summary>
[Workflow]
public sealed class FollowedWorkflow
{
    /// <summary>A queue that no worker polls.</summary>
    public const string Nowhere = "followed-nowhere";

    private bool isReleased;

    [WorkflowQuery]
    public FollowedState State => new(isReleased ? "released" : "waiting");

    [WorkflowRun]
    public async Task<FollowedState> RunAsync(FollowedStep step)
    {
        ActivityOptions call = new() { StartToCloseTimeout = TimeSpan.FromMinutes(5), RetryPolicy = new() { InitialInterval = TimeSpan.FromMinutes(5) } };
        switch (step)
        {
            case FollowedStep.Work:
                await Workflow.ExecuteActivityAsync((FollowedActivity activity) => activity.WaitAsync(), call);
                break;
            case FollowedStep.Failure:
                await Workflow.ExecuteActivityAsync((FollowedActivity activity) => activity.Fail(), call);
                break;
            case FollowedStep.Elsewhere:
                call.TaskQueue = Nowhere;
                await Workflow.ExecuteActivityAsync((FollowedActivity activity) => activity.WaitAsync(), call);
                break;
            default:
                await Workflow.WaitConditionAsync(() => isReleased);
                break;
        }

        return State;
    }

    [WorkflowSignal]
    public Task ReleaseAsync()
    {
        isReleased = true;
        return Task.CompletedTask;
    }
}

/// <summary>The activities of <see cref="FollowedWorkflow"/>.</summary>
public sealed class FollowedActivity
{
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets all waiting calls end.</summary>
    public void Release() => released.TrySetResult();

    [Activity]
    public Task WaitAsync() => released.Task.WaitAsync(ActivityExecutionContext.Current.CancellationToken);

    [Activity]
    public void Fail() => throw new ApplicationFailureException("the store answers 503\u001b[31m");
}
