using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Temporalio.Common;

namespace Lifecycle.Conformance.Tests.Histories;

/// <summary>
/// A history without what must differ from run to run and what is known to differ. Everything else, each attribute of
/// each event in its order, stays.
/// </summary>
internal sealed record ScrubbedHistory(string WorkflowId, ImmutableArray<ScrubbedEvent> Events)
{
    public static ScrubbedHistory Of(WorkflowHistory history, ImmutableArray<KnownDifference> known)
    {
        var scrubber = new Scrubber(known);
        return new(history.Id, [.. history.Events.Select(@event =>
            ScrubbedEvent.Of(scrubber.Scrub(JsonNode.Parse(JsonFormatter.Default.Format(@event)))!.AsObject()))]);
    }
}

/// <summary>One event: its type, and its attributes as lines of <c>path = value</c> in alphabetical order.</summary>
internal sealed record ScrubbedEvent(string Type, ImmutableSortedDictionary<string, string> Attributes)
{
    public static ScrubbedEvent Of(JsonObject @event)
    {
        var type = @event["eventType"]!.GetValue<string>()["EVENT_TYPE_".Length..];
        return new(type, JsonLines.Of(@event).Remove("eventType"));
    }
}
