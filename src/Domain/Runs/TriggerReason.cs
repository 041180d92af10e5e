using System.Text.Json.Serialization;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.Runs;

/// <summary>What asked for a RetrainingRun.</summary>
public enum TriggerKind
{
    /// <summary>A person asked.</summary>
    Manual,

    /// <summary>The calendar asked.</summary>
    Schedule,

    /// <summary>Drift was measured.</summary>
    Drift,

    /// <summary>Measured loss got worse.</summary>
    Performance,

    /// <summary>A new DataSnapshot arrived.</summary>
    Data,
}

/// <summary>One reason for a RetrainingRun: its kind, who or what gave it, and a sentence.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TriggerReason
{
    /// <summary>What asked; <see cref="TriggerKind.Manual"/> unless told.</summary>
    public TriggerKind Kind { get; init; } = TriggerKind.Manual;

    /// <summary>Who asked: an engineer's id for a manual run, who may not approve the run where <see cref="Signed"/> proves it.</summary>
    public string RequestedBy { get; init; } = "unknown";

    /// <summary>The engineer's signed request; null, and left out of JSON, when nobody signed: then the name is shown as unverified.</summary>
    public RequestEnvelope? Signed { get; init; }

    /// <summary>A sentence for people; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>
    /// Identity of the occasion, such as a schedule's nominal time or a decision's id: a trigger whose launch was executed
    /// but whose answer was lost is recognised by it, and starts no second run. Null, and left out of JSON, unless told.
    /// </summary>
    public string? Id { get; init; }
}
