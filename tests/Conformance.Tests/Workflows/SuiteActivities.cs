using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Conformance.Tests.Workflows;

/// <summary>The activities of the suite. They keep nothing between calls: what an attempt does follows from its number.</summary>
public sealed class SuiteActivities(ITemporalClient client)
{
    [Activity]
    public string Greet(string name) => $"hello {name}";

    /// <summary>Fails until the given attempt.</summary>
    [Activity]
    public int SucceedAtAttempt(int attempt)
    {
        var current = ActivityExecutionContext.Current.Info.Attempt;
        return current >= attempt
            ? current
            : throw new ApplicationFailureException($"attempt {current} fails", "Flaky", nonRetryable: false, details: [current]);
    }

    [Activity]
    public void FailForGood() => throw new ApplicationFailureException("never again", "Fatal", nonRetryable: true);

    /// <summary>The first attempt heartbeats and fails, the second returns what the first had heartbeated.</summary>
    [Activity]
    public async Task<string> ResumeFromHeartbeatAsync()
    {
        var context = ActivityExecutionContext.Current;
        if (context.Info.HeartbeatDetails.Count > 0)
        {
            return await context.Info.HeartbeatDetailAtAsync<string>(0);
        }

        context.Heartbeat("half way");
        throw new ApplicationFailureException("stopped half way");
    }

    /// <summary>Hangs, without heartbeats, until it is abandoned.</summary>
    [Activity]
    public Task HangAsync() => ActivityExecutionContext.Current.CancellationToken.WhenCanceledAsync();

    /// <summary>Heartbeats until it is cancelled.</summary>
    [Activity]
    public async Task HeartbeatUntilCancelledAsync()
    {
        var context = ActivityExecutionContext.Current;
        while (true)
        {
            context.Heartbeat("alive");
            await Task.Delay(50, context.CancellationToken);
        }
    }

    /// <summary>Leaves its completion to a client, which is told by a signal that it may.</summary>
    [Activity]
    public async Task<string> CompleteLaterAsync()
    {
        var info = ActivityExecutionContext.Current.Info;
        await client.GetWorkflowHandle(info.WorkflowId!, info.WorkflowRunId).SignalAsync("Note", ["awaits its completion"]);
        throw new CompleteAsyncException();
    }
}

internal static class CancellationTokens
{
    /// <summary>Ends, as cancelled, when the token is.</summary>
    public static Task WhenCanceledAsync(this CancellationToken token) => Task.Delay(Timeout.Infinite, token);
}
