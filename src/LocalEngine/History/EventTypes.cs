using System.Collections.Frozen;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>The type that belongs to an event's attributes: they have the same name in the protocol.</summary>
internal static class EventTypes
{
    private const string Suffix = "EventAttributes";

    private static readonly FrozenDictionary<HistoryEvent.AttributesOneofCase, EventType> ByAttributes =
        Enum.GetValues<HistoryEvent.AttributesOneofCase>()
            .Where(attributes => Enum.TryParse<EventType>(NameOf(attributes), out _))
            .ToFrozenDictionary(attributes => attributes, attributes => Enum.Parse<EventType>(NameOf(attributes)));

    public static EventType Of(HistoryEvent @event) => ByAttributes[@event.AttributesCase];

    private static string NameOf(HistoryEvent.AttributesOneofCase attributes) =>
        attributes.ToString().Replace(Suffix, "", StringComparison.Ordinal);
}
