using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Visibility;
using Lifecycle.LocalEngine.Visibility.Queries;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Scheduling;

/// <summary>Where the attributes by which schedules can be listed lie in their table.</summary>
internal static class ScheduleColumns
{
    /// <exception cref="RefusedException">The attribute is one of runs, or not registered.</exception>
    public static AttributeColumns In(NamespaceRegistry namespaces, string @namespace) => name => name switch
    {
        "ScheduleId" => new("schedule_id", IndexedValueType.Keyword),
        "TemporalSchedulePaused" => new("paused", IndexedValueType.Bool),
        _ when SystemAttributes.Derived.ContainsKey(name) =>
            throw RefusedException.Invalid($"invalid query filter for schedules: cannot filter on \"{name}\""),
        _ when namespaces.TypeOf(@namespace, name) is { } type => AttributeColumn.JsonMember("search_values", name, type),
        _ => throw RefusedException.Invalid($"Namespace {@namespace} has no mapping defined for search attribute {name}"),
    };
}
