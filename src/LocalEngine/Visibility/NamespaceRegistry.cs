using System.Collections.Concurrent;
using System.Collections.Immutable;
using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Visibility.Queries;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Visibility;

/// <summary>
/// The namespaces and their search attributes, as every request sees them. Any thread reads; the engine's thread writes
/// after the change is durable.
/// </summary>
internal sealed class NamespaceRegistry
{
    private readonly ConcurrentDictionary<string, DescribeNamespaceResponse> namespaces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableSortedDictionary<string, IndexedValueType>> attributes = new(StringComparer.Ordinal);

    public NamespaceRegistry(NamespaceStore store, DefectLog defects)
    {
        store.All().ForEach(stored => Put(stored.Description ?? StandIn(stored.Name, defects)));
        store.AllAttributes().ForEach(attribute => PutAttribute(attribute.Namespace, attribute.Name, attribute.Kind));
    }

    public ImmutableArray<DescribeNamespaceResponse> All => [.. namespaces.Values.OrderBy(described => described.NamespaceInfo.Name, StringComparer.Ordinal)];

    public DescribeNamespaceResponse? Find(string name) => namespaces.GetValueOrDefault(name);

    /// <summary>The namespace a request names.</summary>
    /// <exception cref="RefusedException">There is no such namespace.</exception>
    public DescribeNamespaceResponse Require(string name) => Find(name) ?? throw new RefusedException(
        StatusCode.NotFound,
        $"Namespace {name} is not found.",
        new NamespaceNotFoundFailure { Namespace = name });

    /// <summary>The attributes registered in a namespace, without those every namespace has.</summary>
    public ImmutableSortedDictionary<string, IndexedValueType> CustomAttributes(string @namespace) => attributes.GetValueOrDefault(@namespace)
        ?? ImmutableSortedDictionary.Create<string, IndexedValueType>(StringComparer.Ordinal);

    /// <summary>The type of an attribute that runs can carry; null where it is not registered.</summary>
    public IndexedValueType? TypeOf(string @namespace, string attribute) =>
        SystemAttributes.Carried.TryGetValue(attribute, out var known) || CustomAttributes(@namespace).TryGetValue(attribute, out known) ? known : null;

    /// <summary>Checks search attributes of a workflow in the namespace and marks them with their types.</summary>
    public SearchAttributeCheck Check(string @namespace) => candidates =>
    {
        try
        {
            SearchAttributeDocument.Write(candidates, @namespace, name => TypeOf(@namespace, name));
        }
        catch (InvalidSearchAttributeException problem)
        {
            return problem.Message;
        }

        Mark(@namespace, candidates);
        return null;
    };

    public void Put(DescribeNamespaceResponse description) => namespaces[description.NamespaceInfo.Name] = description;

    public void PutAttribute(string @namespace, string name, IndexedValueType kind) =>
        attributes[@namespace] = CustomAttributes(@namespace).SetItem(name, kind);

    public void RemoveAttribute(string @namespace, string name) =>
        attributes[@namespace] = CustomAttributes(@namespace).Remove(name);

    private static DescribeNamespaceResponse StandIn(string name, DefectLog defects)
    {
        const string Reason = "set aside: the stored description cannot be read; update the namespace to mend it";
        defects.Write(new InvalidDataException($"The namespace {name} is {Reason}"));
        return NamespaceDescription.Of(name, name, Reason);
    }

    private void Mark(string @namespace, SearchAttributes? checkedAttributes)
    {
        foreach (var (name, payload) in checkedAttributes?.IndexedFields ?? [])
        {
            StoredAttributes.Mark(payload, TypeOf(@namespace, name)!.Value);
        }
    }
}
