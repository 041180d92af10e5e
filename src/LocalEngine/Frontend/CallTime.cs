using Grpc.Core;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>How long a call may wait: the protocol's window, or what its own deadline leaves.</summary>
internal static class CallTime
{
    // The answer must still reach the caller.
    private static readonly TimeSpan ReplyMargin = TimeSpan.FromMilliseconds(500);

    public static TimeSpan Within(this ServerCallContext call, TimeSpan window, TimeProvider time)
    {
        if (call.Deadline == DateTime.MaxValue)
        {
            return window;
        }

        var left = call.Deadline - time.GetUtcNow().UtcDateTime - ReplyMargin;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < window ? left : window;
    }

    /// <summary>Waits for the task or the end of the time; false when the time ended first.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<bool> IsDoneWithinAsync(this Task task, TimeSpan window, TimeProvider time, CancellationToken gaveUp)
    {
        try
        {
            await task.WaitAsync(window, time, gaveUp);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
