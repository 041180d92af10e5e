using Google.Protobuf;
using Google.Protobuf.Reflection;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// The ids by which an event names earlier events. The protocol gives them the same field names in every kind of event, so
/// they are read through its descriptors.
/// </summary>
internal static class EventLinks
{
    private static readonly OneofAccessor Attributes = HistoryEvent.Descriptor.Oneofs[0].Accessor;

    /// <summary>The event that scheduled the activity or initiated the request that this event is about; 0 where it is about none.</summary>
    public static long Origin(HistoryEvent @event)
    {
        var attributes = AttributesOf(@event);
        var field = attributes.Descriptor.FindFieldByName("scheduled_event_id") ?? attributes.Descriptor.FindFieldByName("initiated_event_id");
        return field is null ? 0 : (long)field.Accessor.GetValue(attributes);
    }

    public static void SetStarted(HistoryEvent @event, long startedEventId)
    {
        var attributes = AttributesOf(@event);
        attributes.Descriptor.FindFieldByName("started_event_id").Accessor.SetValue(attributes, startedEventId);
    }

    private static IMessage AttributesOf(HistoryEvent @event) =>
        (IMessage)Attributes.GetCaseFieldDescriptor(@event).Accessor.GetValue(@event);
}
