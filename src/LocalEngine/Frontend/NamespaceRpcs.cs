using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Visibility;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Namespaces and what the engine says of itself.</summary>
internal sealed class NamespaceRpcs(Engine engine)
{
    /// <summary>The version of the official server whose behaviour this engine follows.</summary>
    public const string ServerVersion = "1.29.1";

    private static readonly TimeSpan ShortestRetention = TimeSpan.FromHours(1);

    private readonly GetSystemInfoResponse systemInfo = new()
    {
        ServerVersion = ServerVersion,
        Capabilities = new()
        {
            SignalAndQueryHeader = true,
            InternalErrorDifferentiation = true,
            ActivityFailureIncludeHeartbeat = true,
            SupportsSchedules = true,
            EncodedFailureAttributes = true,
            UpsertMemo = true,
            SdkMetadata = true,
            CountGroupByExecutionStatus = true,
        },
    };

    private readonly GetClusterInfoResponse clusterInfo = new()
    {
        ServerVersion = ServerVersion,
        ClusterId = "local",
        ClusterName = "local",
        HistoryShardCount = 1,
        PersistenceStore = "sqlite",
        VisibilityStore = "sqlite",
    };

    public Task<GetSystemInfoResponse> GetSystemInfoAsync(GetSystemInfoRequest request, ServerCallContext call) => Task.FromResult(systemInfo);

    public Task<GetClusterInfoResponse> GetClusterInfoAsync(GetClusterInfoRequest request, ServerCallContext call) => Task.FromResult(clusterInfo);

    public Task<DescribeNamespaceResponse> DescribeNamespaceAsync(DescribeNamespaceRequest request, ServerCallContext call) => Task.FromResult(
        request.Namespace.Length > 0 || request.Id.Length == 0
            ? engine.Namespaces.Require(request.Namespace)
            : engine.Namespaces.All.FirstOrDefault(described => described.NamespaceInfo.Id == request.Id) ?? engine.Namespaces.Require(request.Id));

    public Task<ListNamespacesResponse> ListNamespacesAsync(ListNamespacesRequest request, ServerCallContext call)
    {
        var response = new ListNamespacesResponse();
        response.Namespaces.AddRange(engine.Namespaces.All);
        return Task.FromResult(response);
    }

    public async Task<RegisterNamespaceResponse> RegisterNamespaceAsync(RegisterNamespaceRequest request, ServerCallContext call)
    {
        if (request.Namespace.Length == 0)
        {
            throw RefusedException.Invalid("Namespace is not set on request.");
        }

        var description = NamespaceDescription.Of(request.Namespace, Guid.NewGuid().ToString(), request.Description, request.OwnerEmail, request.WorkflowExecutionRetentionPeriod);
        description.NamespaceInfo.Data.Add(request.Data);
        return await engine.RunAsync(turn =>
        {
            if (engine.Namespaces.Find(request.Namespace) is not null)
            {
                throw new RefusedException(StatusCode.AlreadyExists, "Namespace already exists.", new NamespaceAlreadyExistsFailure());
            }

            turn.Write(stores => stores.Namespaces.Save(description));
            turn.AfterCommit(() => engine.Namespaces.Put(description));
            return new RegisterNamespaceResponse();
        });
    }

    public async Task<UpdateNamespaceResponse> UpdateNamespaceAsync(UpdateNamespaceRequest request, ServerCallContext call)
    {
        if (request.Namespace.Length == 0)
        {
            throw RefusedException.Invalid("Namespace is not set on request.");
        }

        RequireRetention(request.Config?.WorkflowExecutionRetentionTtl);
        var description = engine.Namespaces.Require(request.Namespace).Clone();
        if (request.UpdateInfo is { } info)
        {
            description.NamespaceInfo.Description = info.Description;
            description.NamespaceInfo.OwnerEmail = info.OwnerEmail;
            foreach (var (name, value) in info.Data)
            {
                description.NamespaceInfo.Data[name] = value;
            }
        }

        if (request.Config?.WorkflowExecutionRetentionTtl is { } retention)
        {
            description.Config.WorkflowExecutionRetentionTtl = retention;
        }

        return await engine.RunAsync(turn =>
        {
            turn.Write(stores => stores.Namespaces.Save(description));
            turn.AfterCommit(() => engine.Namespaces.Put(description));
            return new UpdateNamespaceResponse { NamespaceInfo = description.NamespaceInfo, Config = description.Config };
        });
    }

    private static void RequireRetention(Duration? retention)
    {
        if (retention?.ToTimeSpan() < ShortestRetention)
        {
            throw RefusedException.Invalid("Invalid retention duration: A minimum retention period of 1 hour is required.");
        }
    }
}
