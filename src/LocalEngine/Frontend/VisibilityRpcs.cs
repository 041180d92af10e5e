using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Visibility;
using Lifecycle.LocalEngine.Visibility.Queries;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Lists and counts of runs by visibility query, and the attributes a query can use.</summary>
internal sealed class VisibilityRpcs(Engine engine)
{
    private const int MaximumPageSize = 1_000;

    public Task<ListWorkflowExecutionsResponse> ListWorkflowExecutionsAsync(ListWorkflowExecutionsRequest request, ServerCallContext call)
    {
        var query = Compile(request.Namespace, request.Query, QueryCompiler.ForList);
        var size = request.PageSize is > 0 and < MaximumPageSize ? request.PageSize : MaximumPageSize;
        var offset = Offset(request.NextPageToken);
        var response = new ListWorkflowExecutionsResponse();
        var @namespace = engine.Namespaces.Require(request.Namespace);
        response.Executions.AddRange(engine.Reads.Read(reads => RunList.Page(reads.Connection, @namespace, query, offset, size)));
        if (response.Executions.Count == size)
        {
            response.NextPageToken = ByteString.CopyFromUtf8((offset + size).ToString(CultureInfo.InvariantCulture));
        }

        return Task.FromResult(response);
    }

    public Task<CountWorkflowExecutionsResponse> CountWorkflowExecutionsAsync(CountWorkflowExecutionsRequest request, ServerCallContext call)
    {
        var query = Compile(request.Namespace, request.Query, QueryCompiler.ForCount);
        var groups = engine.Reads.Read(reads => RunList.Count(reads.Connection, request.Namespace, query));
        var response = new CountWorkflowExecutionsResponse { Count = groups.Sum(group => group.Count) };
        if (query.GroupBy is not null)
        {
            response.Groups.AddRange(groups.Select(group => new CountWorkflowExecutionsResponse.Types.AggregationGroup
            {
                GroupValues = { Keyword(group.Status.ToString()) },
                Count = group.Count,
            }));
        }

        return Task.FromResult(response);
    }

    public Task<GetSearchAttributesResponse> GetSearchAttributesAsync(GetSearchAttributesRequest request, ServerCallContext call)
    {
        var response = new GetSearchAttributesResponse();
        response.Keys.Add(SystemAttributes.Derived);
        response.Keys.Add(SystemAttributes.Carried);
        foreach (var (name, kind) in engine.Namespaces.All.SelectMany(described => engine.Namespaces.CustomAttributes(described.NamespaceInfo.Name)))
        {
            response.Keys[name] = kind;
        }

        return Task.FromResult(response);
    }

    private CompiledQuery Compile(string @namespace, string text, Func<VisibilityQuery, AttributeColumns, CompiledQuery> compile)
    {
        engine.Namespaces.Require(@namespace);
        try
        {
            return compile(VisibilityQuery.Parse(text), RunColumns.In(engine.Namespaces, @namespace));
        }
        catch (InvalidQueryException problem)
        {
            throw RefusedException.Invalid(problem.Message);
        }
    }

    private static int Offset(ByteString token) => token.IsEmpty ? 0
        : int.TryParse(token.ToStringUtf8(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset
        : throw RefusedException.Invalid("Invalid NextPageToken.");

    private static Payload Keyword(string value) => new()
    {
        Metadata =
        {
            ["encoding"] = ByteString.CopyFromUtf8("json/plain"),
            ["type"] = ByteString.CopyFromUtf8(nameof(IndexedValueType.Keyword)),
        },
        Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(value)),
    };
}
