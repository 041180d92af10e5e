namespace Lifecycle.Alerting.Delivery;

/// <summary>Bounds how long a receiver may take.</summary>
internal static class Deadline
{
    /// <summary>Runs <paramref name="work"/>; past <paramref name="limit"/> it is a failed delivery.</summary>
    public static async Task RunAsync(string receiver, TimeSpan limit, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        try
        {
            await work(deadline.Token);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new AlertDeliveryException(receiver, $"no answer within {limit.TotalSeconds:0} seconds; look whether the server is up, or raise 'timeout'", late);
        }
    }
}
