using Lifecycle.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Worker.Hosting;

/// <summary>Makes sure that the namespace knows the search attributes of <see cref="LifecycleSearchAttributes"/>.</summary>
public static class SearchAttributeRegistration
{
    /// <summary>
    /// Registers what is missing; safe to call from many workers at once. A cluster that does not let workers register
    /// (Temporal Cloud) answers PERMISSION_DENIED or UNIMPLEMENTED: then its administrator registers the names, and this
    /// does nothing.
    /// </summary>
    public static async Task EnsureAsync(ITemporalClient client, CancellationToken cancellation)
    {
        RpcOptions rpc = new() { CancellationToken = cancellation };
        string space = client.Options.Namespace;
        try
        {
            ListSearchAttributesResponse known = await client.OperatorService.ListSearchAttributesAsync(new() { Namespace = space }, rpc);
            AddSearchAttributesRequest missing = new() { Namespace = space };
            foreach (string name in LifecycleSearchAttributes.Names.Where(name => !known.CustomAttributes.ContainsKey(name)))
            {
                missing.SearchAttributes.Add(name, IndexedValueType.Keyword);
            }

            if (missing.SearchAttributes.Count > 0)
            {
                await client.OperatorService.AddSearchAttributesAsync(missing, rpc);
            }
        }
        catch (RpcException refused) when (refused.Code is
            RpcException.StatusCode.AlreadyExists or RpcException.StatusCode.PermissionDenied or RpcException.StatusCode.Unimplemented)
        {
            return;
        }
    }
}
