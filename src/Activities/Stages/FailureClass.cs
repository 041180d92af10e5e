using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lifecycle.Alerting.Delivery;
using Lifecycle.Data.Snapshots;
using Lifecycle.Publishing.Keys;
using Lifecycle.Storage;
using Temporalio.Exceptions;

namespace Lifecycle.Activities.Stages;

/// <summary>What a retry of an exception is worth.</summary>
public enum FailureClass
{
    /// <summary>The same input makes it again: never retried.</summary>
    Deterministic,

    /// <summary>Something outside was away, busy or full: retried with back-off for as long as the run lives.</summary>
    Outside,

    /// <summary>Nobody knows: retried, and given up after <see cref="FailureClasses.MaximumAttempts"/> attempts.</summary>
    Unknown,
}

/// <summary>Says what class an exception is of. Pure; where exceptions are nested, the outermost that is known decides.</summary>
public static class FailureClasses
{
    /// <summary>Attempts until an exception of unknown class is given up.</summary>
    public const int MaximumAttempts = 10;

    /// <summary>The class.</summary>
    public static FailureClass Of(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (Known(cause) is { } known)
            {
                return known;
            }
        }

        return FailureClass.Unknown;
    }

    private static FailureClass? Known(Exception failure) => failure switch
    {
        StoreUnavailableException or StoreRefusedException or PackageInstallException or AlertDeliveryException or InvalidKeyException => FailureClass.Outside,
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException => FailureClass.Unknown,
        EndOfStreamException or PathTooLongException or RegexMatchTimeoutException or BlobTooLargeException or JsonException => FailureClass.Deterministic,
        HttpRequestException { StatusCode: { } status } => IsPassing(status) ? FailureClass.Outside : FailureClass.Unknown,
        IOException or SocketException or HttpRequestException or TimeoutException or OperationCanceledException => FailureClass.Outside,
        RpcException rpc => Of(rpc.Code),
        WorkflowUpdateRpcTimeoutOrCanceledException => FailureClass.Outside,
        ArgumentException or ArithmeticException or FormatException or NullReferenceException or InvalidCastException or IndexOutOfRangeException
            or KeyNotFoundException or NotSupportedException or RankException or ArrayTypeMismatchException => FailureClass.Deterministic,
        _ => null,
    };

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    private static FailureClass? Of(RpcException.StatusCode code) => code switch
    {
        RpcException.StatusCode.Unavailable or RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.ResourceExhausted
            or RpcException.StatusCode.Aborted or RpcException.StatusCode.Cancelled or RpcException.StatusCode.Unknown or RpcException.StatusCode.Internal => FailureClass.Outside,
        RpcException.StatusCode.InvalidArgument or RpcException.StatusCode.OutOfRange or RpcException.StatusCode.Unimplemented => FailureClass.Deterministic,
        _ => FailureClass.Unknown,
    };
}
