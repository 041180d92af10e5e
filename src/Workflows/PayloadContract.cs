using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Temporalio.Workflows;

namespace Lifecycle.Workflows;

/// <summary>
/// What may be null as a whole: nothing that a workflow's start, signal, update or query takes by a parameter that does not say so.
/// The records themselves are held to the contract of <see cref="Domain.DomainJson"/>.
/// </summary>
internal static class PayloadContract
{
    private static readonly FrozenSet<Type> NeverNull = Arguments().ToFrozenSet();

    /// <summary>Null, where a payload of this type may be null.</summary>
    /// <exception cref="JsonException">It may not.</exception>
    public static object? AllowNull(Type type) =>
        NeverNull.Contains(type) ? throw new JsonException($"The argument is null, expected a {type.Name}.") : null;

    // A type that is somewhere an optional parameter or a result that may be null is left to its handlers.
    private static IEnumerable<Type> Arguments()
    {
        NullabilityInfoContext nullability = new();
        MethodInfo[] methods = [.. typeof(PayloadContract).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(WorkflowAttribute)))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(IsCalled)];
        ParameterInfo[] parameters = [.. methods.SelectMany(method => method.GetParameters()).Where(parameter => !parameter.ParameterType.IsValueType)];
        HashSet<Type> optional = [.. parameters.Where(parameter => nullability.Create(parameter).WriteState != NullabilityState.NotNull).Select(parameter => parameter.ParameterType)];
        return parameters.Select(parameter => parameter.ParameterType)
            .Where(type => !optional.Contains(type) && type != typeof(Domain.Releases.ChannelEntry));
    }

    private static bool IsCalled(MethodInfo method) =>
        method.IsDefined(typeof(WorkflowRunAttribute)) || method.IsDefined(typeof(WorkflowSignalAttribute))
        || method.IsDefined(typeof(WorkflowUpdateAttribute)) || method.IsDefined(typeof(WorkflowQueryAttribute));
}
