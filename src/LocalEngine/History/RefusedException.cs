using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// A request the engine answers with an error. It is thrown before anything is staged, so a refused request changes
/// nothing. On the wire it becomes a gRPC status with at most one detail in <c>grpc-status-details-bin</c>, which is
/// where the clients of the protocol look for the kind of error.
/// </summary>
public sealed class RefusedException(StatusCode code, string message, IMessage? detail = null) : Exception(message)
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    public StatusCode Code { get; } = code;

    public IMessage? Detail { get; } = detail;

    public static RefusedException Invalid(string message) => new(StatusCode.InvalidArgument, message);

    public static RefusedException NotFound(string message) => new(StatusCode.NotFound, message, new NotFoundFailure());

    /// <summary>A stored record cannot be read. Nothing else is hindered by it.</summary>
    public static RefusedException Unreadable(string message) => new(StatusCode.DataLoss, message);

    public static RefusedException AlreadyCompleted() => NotFound("workflow execution already completed");

    public static RefusedException Exhausted(ResourceExhaustedCause cause, string message) =>
        new(StatusCode.ResourceExhausted, message, new ResourceExhaustedFailure { Cause = cause });

    public GrpcStatus ToStatus()
    {
        var status = new GrpcStatus { Code = (int)Code, Message = Message };
        if (Detail is not null)
        {
            status.Details.Add(Any.Pack(Detail));
        }

        return status;
    }

    public RpcException ToRpcException()
    {
        var trailers = new Metadata();
        if (Detail is not null)
        {
            trailers.Add(DetailsTrailer, ToStatus().ToByteArray());
        }

        return new RpcException(new Grpc.Core.Status(Code, Message), trailers);
    }
}
