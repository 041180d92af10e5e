using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.History;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Visibility;

/// <summary>What the engine says of a namespace.</summary>
internal static class NamespaceDescription
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(3);

    /// <summary>A namespace as clients see it. Retention is kept and shown; the engine deletes nothing by itself.</summary>
    public static DescribeNamespaceResponse Of(string name, string id, string text = "", string owner = "", Duration? retention = null) => new()
    {
        NamespaceInfo = new()
        {
            Name = name,
            Id = id,
            State = NamespaceState.Registered,
            Description = text,
            OwnerEmail = owner,
            Capabilities = new() { SyncUpdate = true, AsyncUpdate = true, WorkerPollCompleteOnShutdown = true },
            Limits = new() { BlobSizeLimitError = PayloadLimits.BlobBytes, MemoSizeLimitError = PayloadLimits.MemoBytes },
            SupportsSchedules = true,
        },
        Config = new() { WorkflowExecutionRetentionTtl = retention ?? Duration.FromTimeSpan(Retention) },
        ReplicationConfig = new() { ActiveClusterName = "local", Clusters = { new Temporalio.Api.Replication.V1.ClusterReplicationConfig { ClusterName = "local" } } },
    };
}
