using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Visibility.Queries;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Registration of search attributes.</summary>
internal sealed class OperatorRpcs(Engine engine)
{
    public async Task<AddSearchAttributesResponse> AddSearchAttributesAsync(AddSearchAttributesRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        if (request.SearchAttributes.Keys.FirstOrDefault(IsSystem) is { } reserved)
        {
            throw RefusedException.Invalid($"Search attribute {reserved} is reserved by system.");
        }

        return await engine.RunAsync(turn =>
        {
            foreach (var (name, kind) in request.SearchAttributes)
            {
                RequireFree(request.Namespace, name, kind);
            }

            foreach (var (name, kind) in request.SearchAttributes)
            {
                turn.Write(stores => stores.Namespaces.SaveAttribute(request.Namespace, name, kind));
                turn.AfterCommit(() => engine.Namespaces.PutAttribute(request.Namespace, name, kind));
            }

            return new AddSearchAttributesResponse();
        });
    }

    public async Task<RemoveSearchAttributesResponse> RemoveSearchAttributesAsync(RemoveSearchAttributesRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        var custom = engine.Namespaces.CustomAttributes(request.Namespace);
        if (request.SearchAttributes.FirstOrDefault(name => !custom.ContainsKey(name)) is { } unknown)
        {
            throw RefusedException.NotFound($"Search attribute {unknown} doesn't exist.");
        }

        return await engine.RunAsync(turn =>
        {
            foreach (var name in request.SearchAttributes)
            {
                turn.Write(stores => stores.Namespaces.RemoveAttribute(request.Namespace, name));
                turn.AfterCommit(() => engine.Namespaces.RemoveAttribute(request.Namespace, name));
            }

            return new RemoveSearchAttributesResponse();
        });
    }

    public Task<ListSearchAttributesResponse> ListSearchAttributesAsync(ListSearchAttributesRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        var response = new ListSearchAttributesResponse();
        response.CustomAttributes.Add(engine.Namespaces.CustomAttributes(request.Namespace));
        response.SystemAttributes.Add(SystemAttributes.Derived);
        response.SystemAttributes.Add(SystemAttributes.Carried);
        return Task.FromResult(response);
    }

    private void RequireFree(string @namespace, string name, IndexedValueType kind)
    {
        if (engine.Namespaces.TypeOf(@namespace, name) is { } registered && registered != kind)
        {
            throw new RefusedException(StatusCode.AlreadyExists, $"Search attribute {name} already exists as {registered}: remove it before you add it as {kind}.");
        }
    }

    private static bool IsSystem(string name) => SystemAttributes.Derived.ContainsKey(name) || SystemAttributes.Carried.ContainsKey(name);
}
