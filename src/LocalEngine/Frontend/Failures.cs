using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Loop;
using Microsoft.Data.Sqlite;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>
/// What a caller hears of each kind of failure; every call passes here. A value that this program cannot hold is the caller's, a stored record that
/// cannot be read is lost data, a disk that fails is no room, and all else is a defect.
/// </summary>
internal static class Failures
{
    /// <summary>The status on the wire.</summary>
    public static RpcException ToStatus(Exception failure) => failure switch
    {
        RefusedException refusal => refusal.ToRpcException(),
        OperationCanceledException => new RpcException(new Status(StatusCode.Cancelled, "the caller gave up")),
        ArgumentException or OverflowException or FormatException => RefusedException.Invalid($"the request holds a value that cannot be used: {failure.Message}").ToRpcException(),
        InvalidProtocolBufferException or JsonException => RefusedException.Unreadable($"a stored record cannot be read: {failure.Message}").ToRpcException(),
        SqliteException => Work.StorageRefusal(failure).ToRpcException(),
        _ => Work.DefectRefusal(failure).ToRpcException(),
    };
}
