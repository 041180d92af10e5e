using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Client.Following;

/// <summary>Which failures of a call say that nobody answers right now, and not that the answer is no.</summary>
internal static class EngineSilence
{
    /// <summary>How long a follower waits for one answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Options of a call that is made once and gives up after <see cref="Patience"/>: whoever follows asks again by itself.</summary>
    public static RpcOptions Call(CancellationToken cancellation) => new() { Timeout = Patience, Retry = false, CancellationToken = cancellation };

    /// <summary>Whether the engine, or the way to it, is what failed.</summary>
    public static bool Is(Exception failure) => failure is RpcException
    {
        Code: RpcException.StatusCode.Unavailable or RpcException.StatusCode.Unknown or RpcException.StatusCode.DeadlineExceeded
            or RpcException.StatusCode.Cancelled or RpcException.StatusCode.ResourceExhausted or RpcException.StatusCode.Internal
    };
}
