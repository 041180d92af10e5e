using Lifecycle.Workflows;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Activities.Stages;

/// <summary>
/// Tells a workflow that one of its calls is tried again, and why, so that its details say so. Told of a few attempts only, each less
/// often than the one before: a store that is down for a day does not fill the history.
/// </summary>
internal static class RetryNotices
{
    private const int MaximumReason = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Whether an attempt that failed is told of: 1, 2, 5, 10, 20, 50, 100 and so on.</summary>
    public static bool IsTold(int attempt)
    {
        int first = attempt;
        while (first >= 10 && first % 10 == 0)
        {
            first /= 10;
        }

        return first is 1 or 2 or 5;
    }

    /// <summary>Tells it, if that can be done at once; the retry comes in either case.</summary>
    public static async Task SendAsync(ActivityExecutionContext context, Exception failure)
    {
        ActivityInfo activity = context.Info;
        if (!IsTold(activity.Attempt) || activity.WorkflowId is not { } workflow || failure is ApplicationFailureException { NonRetryable: true })
        {
            return;
        }

        try
        {
            string reason = failure.Message.Length > MaximumReason ? $"{failure.Message[..MaximumReason]}..." : failure.Message;
            await context.TemporalClient.GetWorkflowHandle(workflow, activity.WorkflowRunId).SignalAsync(
                RetryNotice.SignalName,
                [new RetryNotice(activity.ActivityType, activity.Attempt, reason)],
                new() { Rpc = new() { Timeout = Patience, Retry = false } });
        }
        catch (Exception untold) when (untold is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The engine may be what is away; 'lifecycle show' and the engine's own list tell it too.
        }
    }
}
